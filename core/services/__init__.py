"""One function a use case; plain values in and out."""
