"""The names of the months, as they stand beside a year."""

# ruff: noqa: E501, RUF001 - names and words in many scripts, a line per language
from __future__ import annotations

from typing import Final


def _months(names: str) -> list[str]:
    return names.split()


LONG: Final = {
    "en": _months("January February March April May June July August September October November December"),
    "de": _months("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "fr": _months("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "es": _months("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    "it": _months("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    "pt": _months("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    "nl": _months("januari februari maart april mei juni juli augustus september oktober november december"),
    "pl": _months("styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"),
    "cs": _months("leden únor březen duben květen červen červenec srpen září říjen listopad prosinec"),
    "sv": _months("januari februari mars april maj juni juli augusti september oktober november december"),
    "da": _months("januar februar marts april maj juni juli august september oktober november december"),
    "nb": _months("januar februar mars april mai juni juli august september oktober november desember"),
    "fi": _months("tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu"),
    "tr": _months("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"),
    "hu": _months("január február március április május június július augusztus szeptember október november december"),
    "ro": _months("ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"),
    "id": _months("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
    "vi": [f"tháng {month}" for month in range(1, 13)],
    "ru": _months("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    "uk": _months("січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"),
    "el": _months("Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος"),
    "ar": _months("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    "fa": _months("ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"),
    "he": _months("ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"),
    "hi": _months("जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"),
}  # fmt: skip
"""Language → the twelve months in the nominative, which is what stands beside a year alone."""

SHORT: Final = {
    **LONG,
    "en": _months("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    "de": _months("Jan. Feb. März Apr. Mai Juni Juli Aug. Sep. Okt. Nov. Dez."),
    "fr": _months("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
    "es": _months("ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic."),
    "it": _months("gen feb mar apr mag giu lug ago set ott nov dic"),
    "pt": _months("jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez."),
    "nl": _months("jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec."),
    "pl": _months("sty lut mar kwi maj cze lip sie wrz paź lis gru"),
    "sv": _months("jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec."),
    "da": _months("jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec."),
    "nb": _months("jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des."),
    "tr": _months("Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara"),
    "hu": _months("jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec."),
    "ro": _months("ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec."),
    "id": _months("Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"),
    "ru": _months("янв. февр. март апр. май июнь июль авг. сент. окт. нояб. дек."),
    "uk": _months("січ. лют. берез. квіт. трав. черв. лип. серп. верес. жовт. листоп. груд."),
    "el": _months("Ιαν. Φεβ. Μαρ. Απρ. Μάι. Ιουν. Ιουλ. Αυγ. Σεπ. Οκτ. Νοε. Δεκ."),
    "he": _months("ינו׳ פבר׳ מרץ אפר׳ מאי יוני יולי אוג׳ ספט׳ אוק׳ נוב׳ דצמ׳"),
}  # fmt: skip
