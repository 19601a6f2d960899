"""The language of a text."""

import pytest

from core.domain.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("States should not conduct activity that damages the infrastructure of others.", "en"),
        ("Les États ne devraient pas mener des activités dans le cyberespace qui nuisent.", "fr"),
        ("Los Estados no deberían realizar actividades que dañen la infraestructura.", "es"),
        ("Os Estados não devem realizar atividades que danifiquem a infraestrutura do país.", "pt"),
        ("Die Staaten sollen keine Handlungen vornehmen, die der Infrastruktur schaden.", "de"),
        ("Gli Stati non devono svolgere attività che danneggino le reti della regione.", "it"),
        ("De staten mogen geen handelingen verrichten die het net van een ander schaden.", "nl"),
        ("Государства не должны осуществлять деятельность в ущерб инфраструктуре.", "ru"),
        ("Держави не повинні здійснювати діяльність, що шкодить інфраструктурі її.", "uk"),
        ("ينبغي للدول ألا تقوم بأي نشاط يضر بالبنية التحتية الحيوية", "ar"),
        ("دولت‌ها نباید فعالیت‌هایی انجام دهند که به زیرساخت‌های دیگران آسیب گزند پچژگ", "fa"),
        ("各国不应从事或支持蓄意破坏关键基础设施的信息和通信技术活动", "zh"),
        ("国は重要なインフラに損害を与える活動を行うべきではない", "ja"),
        ("국가는 주요 기반시설에 손상을 주는 활동을 하지 않아야 한다", "ko"),
        ("", ""),
        ("A/70/174", ""),
        ("Lorem ipsum dolor sit amet consectetur adipiscing elit vivamus", ""),
    ],
)
def test_languages_are_told_apart(text, language):
    assert language_of(text) == language
