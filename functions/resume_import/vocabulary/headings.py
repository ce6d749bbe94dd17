"""Headings of the sections of a résumé, by section."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from functions._shared.domain.documents.locales import languages, locale_of

_HEADINGS: Final = {
    "summary": (
        "summary, profile, professional summary, executive summary, career summary, about, about me, objective, "
        "career objective, professional profile, personal statement, professional objective, career profile, overview, "
        "summary of qualifications, personal profile, personal summary, introduction, highlights of qualifications, highlights, career highlights, "
        "profil, kurzprofil, über mich, zusammenfassung, persönliches profil, berufsprofil, berufliches profil, ziel, "
        "profil professionnel, à propos, à propos de moi, résumé, présentation, objectif, objectif professionnel, "
        "accroche, synthèse, perfil, perfil profesional, resumen, resumen profesional, sobre mí, acerca de mí, extracto, "
        "objetivo, objetivo profesional, profilo, profilo professionale, riepilogo, chi sono, su di me, sommario, "
        "sintesi, obiettivo, obiettivo professionale, resumo, resumo profissional, perfil profissional, sobre mim, sobre, "
        "objetivo profissional, profiel, samenvatting, over mij, professioneel profiel, persoonlijk profiel, "
        "个人简介, 自我评价, 个人总结, 简介, 个人概况, 关于我, 求职意向, 职业概述, 个人优势, 自我介绍, 個人簡介, 自我評價, "
        "自己紹介, 職務要約, 概要, 要約, 自己pr, 自己ＰＲ, プロフィール, サマリー, सारांश, परिचय, प्रोफ़ाइल, प्रोफाइल, मेरे बारे में, उद्देश्य, "
        "पेशेवर सारांश, कैरियर उद्देश्य, podsumowanie, profil zawodowy, o mnie, sammanfattning, özet, hakkımda, обо мне, "
        "о себе, резюме, профиль, نبذة, الملخص, ملخص, نبذة عني, درباره من, خلاصه, תקציר, אודות, 요약, 소개, 자기소개"
    ),
    "experience": (
        "experience, work experience, professional experience, employment, employment history, work history, career, "
        "career history, professional background, relevant experience, experiences, industry experience, jobs, "
        "work, positions, professional history, relevant work experience, job history, work and experience, "
        "internships, internship experience, internship, research experience, teaching experience, other experience, "
        "additional experience, leadership experience, selected experience, technical experience, career experience, "
        "professional experiences, research, teaching, related experience, military experience, clinical experience, "
        "earlier experience, previous experience, current position, appointments, academic appointments, "
        "academic experience, consulting experience, management experience, engineering experience, "
        "berufserfahrung, berufspraxis, beruflicher werdegang, berufliche erfahrung, arbeitserfahrung, werdegang, "
        "praktische erfahrung, praktika, berufliche laufbahn, berufliche stationen, tätigkeiten, "
        "expérience, expériences, expérience professionnelle, expériences professionnelles, parcours professionnel, "
        "stages, expérience de travail, parcours, emplois, "
        "experiencia, experiencia profesional, experiencia laboral, trayectoria profesional, historial laboral, empleo, "
        "esperienza, esperienze, esperienza professionale, esperienze professionali, esperienza lavorativa, "
        "esperienze lavorative, esperienza di lavoro, carriera, "
        "experiência, experiências, experiência profissional, experiências profissionais, histórico profissional, "
        "trajetória profissional, experiência de trabalho, "
        "werkervaring, ervaring, loopbaan, professionele ervaring, arbeidsverleden, stages en werkervaring, "
        "工作经历, 工作经验, 职业经历, 实习经历, 工作履历, 任职经历, 从业经历, 職業經歷, 工作經歷, 工作經驗, 职业生涯, "
        "職歴, 職務経歴, 職務経歴書, 経歴, 業務経験, 職務内容, 勤務経験, 実務経験, "
        "अनुभव, कार्य अनुभव, कार्यानुभव, व्यावसायिक अनुभव, पेशेवर अनुभव, रोज़गार, नौकरी का अनुभव, कार्य इतिहास, "
        "doświadczenie, doświadczenie zawodowe, arbetslivserfarenhet, yrkeserfarenhet, erfaring, arbejdserfaring, "
        "arbeidserfaring, työkokemus, pracovní zkušenosti, deneyim, iş deneyimi, опыт работы, опыт, досвід роботи, "
        "επαγγελματική εμπειρία, εργασιακή εμπειρία, الخبرة, الخبرات, خبرة العمل, الخبرة المهنية, الخبرة العملية, "
        "الخبرات العملية, سوابق شغلی, تجربیات شغلی, سوابق کاری, تجربه کاری, ניסיון, ניסיון תעסוקתי, ניסיון מקצועי, "
        "경력, 경력사항, 경력 사항, 업무 경험, experiență profesională, szakmai tapasztalat"
    ),
    "education": (
        "education, academic background, education and training, academic qualifications, educational background, "
        "qualifications, academic history, studies, training, education history, degrees, academics, school, "
        "academic education, formal education, education and qualifications, schooling, "
        "ausbildung, bildung, bildungsweg, studium, schulbildung, akademischer werdegang, aus und weiterbildung, "
        "schulische ausbildung, akademische ausbildung, bildungsgang, ausbildung und studium, "
        "formation, formations, éducation, études, diplômes, parcours académique, formation académique, scolarité, "
        "cursus, formations et diplômes, études et formations, "
        "educación, formación, formación académica, estudios, educación y formación, formación y estudios, títulos, "
        "istruzione, formazione, istruzione e formazione, studi, titoli di studio, percorso formativo, "
        "formazione accademica, educação, formação, formação acadêmica, formação académica, escolaridade, estudos, "
        "educação e formação, habilitações, opleiding, opleidingen, onderwijs, scholing, educatie, studie, "
        "opleiding en training, 教育背景, 教育经历, 学历, 教育, 教育經歷, 學歷, 求学经历, 学習歴, 学歴, 教育歴, 学歴・職歴, "
        "शिक्षा, शैक्षिक योग्यता, शैक्षणिक योग्यता, शैक्षणिक पृष्ठभूमि, शिक्षा और प्रशिक्षण, wykształcenie, edukacja, "
        "utbildning, uddannelse, utdanning, koulutus, vzdělání, eğitim, образование, освіта, εκπαίδευση, التعليم, "
        "المؤهلات, المؤهلات العلمية, المؤهل العلمي, الدراسة, تحصیلات, سوابق تحصیلی, השכלה, 학력, 학력사항, 학력 사항, 교육, "
        "educație, studii, tanulmányok"
    ),
    "skills": (
        "活かせる経験・スキル, 活かせる経験・知識・技術, 活かせる経験・知識, 活かせるスキル, skills, technical skills, core skills, key skills, skills and tools, technologies, core competencies, "
        "competencies, expertise, areas of expertise, technical proficiencies, skills and expertise, tools, "
        "technical expertise, technical skills and tools, professional skills, programming skills, computer skills, "
        "soft skills, hard skills, skill set, skillset, it skills, digital skills, software, technical stack, "
        "tech stack, tools and technologies, top skills, skills and technologies, relevant skills, strengths, "
        "programming languages, technology, technical competencies, abilities, specialties, proficiencies, "
        "skills and abilities, skills and competencies, additional skills, other skills, programs and software, "
        "kenntnisse, fähigkeiten, kompetenzen, fachkenntnisse, it kenntnisse, edv kenntnisse, technische kenntnisse, "
        "kernkompetenzen, fachliche kompetenzen, kenntnisse und fähigkeiten, edv, technologien, stärken, "
        "compétences, compétences techniques, compétences clés, savoir faire, compétences professionnelles, outils, "
        "compétences informatiques, informatique, atouts, technologies, "
        "habilidades, competencias, aptitudes, conocimientos, habilidades técnicas, competencias técnicas, "
        "competencias digitales, capacidades, destrezas, conocimientos técnicos, tecnologías, "
        "competenze, capacità, competenze tecniche, abilità, conoscenze, competenze digitali, competenze professionali, "
        "competenze informatiche, capacità e competenze, tecnologie, "
        "competências, conhecimentos, competências técnicas, habilidades e competências, tecnologias, aptidões, "
        "vaardigheden, competenties, technische vaardigheden, kennis, kernvaardigheden, vaardigheden en competenties, "
        "computervaardigheden, 技能, 专业技能, 技能特长, 专业能力, 掌握技能, 核心技能, 技术栈, 专长, 專業技能, 技能清单, "
        "スキル, 技術スキル, 資格・スキル, 活かせる経験・知識・技術, テクニカルスキル, 保有スキル, 技術, "
        "कौशल, तकनीकी कौशल, दक्षता, मुख्य कौशल, योग्यताएँ, umiejętności, kompetencje, färdigheter, kompetenser, kompetencer, "
        "ferdigheter, taidot, dovednosti, beceriler, yetenekler, навыки, ключевые навыки, навички, δεξιότητες, "
        "المهارات, مهارات, المهارات التقنية, مهارت‌ها, مهارتها, مهارت ها, כישורים, מיומנויות, 기술, 보유 기술, 스킬, "
        "competențe, készségek"
    ),
    "projects": (
        "projects, personal projects, selected projects, academic projects, side projects, key projects, "
        "open source projects, notable projects, technical projects, project experience, open source, portfolio, "
        "research projects, relevant projects, university projects, featured projects, school projects, "
        "projekte, eigene projekte, ausgewählte projekte, projekterfahrung, private projekte, projets, "
        "projets personnels, réalisations, projets académiques, proyectos, proyectos personales, progetti, "
        "progetti personali, projetos, projetos pessoais, projecten, persoonlijke projecten, 项目经历, 项目经验, 项目, "
        "个人项目, 專案經歷, プロジェクト, プロジェクト経験, 開発実績, 個人開発, परियोजनाएँ, परियोजनाएं, परियोजना, प्रोजेक्ट, "
        "projekty, projekt, projekter, prosjekter, projektit, projeler, проекты, проєкти, έργα, المشاريع, مشاريع, "
        "پروژه‌ها, پروژه ها, פרויקטים, 프로젝트, proiecte, projektek"
    ),
    "certifications": (
        "certifications, certificates, licenses, licenses and certifications, certification, courses and certifications, "
        "training and certifications, professional certifications, licences, accreditations, courses, "
        "certificates and courses, professional development, certifications and training, credentials, "
        "continuing education, online courses, certifications and licenses, "
        "zertifikate, zertifizierungen, weiterbildung, weiterbildungen, fortbildungen, lizenzen, "
        "certificats, certifications professionnelles, formations complémentaires, permis, "
        "certificaciones, certificados, cursos, cursos y certificaciones, licencias, formación complementaria, "
        "certificazioni, certificati, corsi, patente, corsi e certificazioni, certificações, cursos e certificações, "
        "certificaten, cursussen, certificeringen, trainingen, cursussen en certificaten, 证书, 资格证书, 培训经历, 認證, "
        "技能证书, 资质证书, 资格, 資格, 免許・資格, 資格・免許, 保有資格, 免許, 認定資格, प्रमाणपत्र, प्रमाण पत्र, प्रमाणन, "
        "certyfikaty, kursy, certifikat, certifikater, kurser, sertifikater, sertifikaatit, certifikáty, sertifikalar, "
        "сертификаты, курсы, сертифікати, πιστοποιήσεις, الشهادات, شهادات, الدورات, گواهینامه‌ها, گواهینامه ها, تعודות, "
        "הסמכות, 자격증, certificări, tanúsítványok"
    ),
    "languages": (
        "languages, language skills, language, spoken languages, language proficiency, foreign languages, "
        "sprachen, sprachkenntnisse, fremdsprachen, langues, langues étrangères, compétences linguistiques, idiomas, "
        "lenguas, competencias lingüísticas, lingue, lingue straniere, competenze linguistiche, conoscenze linguistiche, "
        "línguas, competências linguísticas, talen, talenkennis, 语言, 语言能力, 語言, 語言能力, 外语水平, 语言技能, 語学, "
        "言語, 語学力, 語学スキル, भाषाएँ, भाषाएं, भाषा, भाषा ज्ञान, भाषा कौशल, języki, języki obce, znajomość języków, språk, "
        "språkkunskaper, sprog, sprogkundskaber, kielitaito, kielet, jazyky, jazykové znalosti, diller, yabancı diller, "
        "языки, знание языков, мови, γλώσσες, اللغات, لغات, زبان‌ها, زبان ها, زبانها, שפות, 언어, 외국어, limbi străine, limbi, nyelvek, "
        "nyelvtudás"
    ),
    "awards": (
        "awards, honors, honours, awards and honors, achievements, honors and awards, honours and awards, distinctions, "
        "accomplishments, scholarships, awards and achievements, key achievements, selected honors, prizes, "
        "awards and recognition, fellowships, grants, honors and achievements, scholarships and awards, recognition, "
        "notable achievements, fellowships and awards, grants and awards, "
        "auszeichnungen, preise, ehrungen, erfolge, stipendien, auszeichnungen und preise, prix, distinctions et prix, "
        "récompenses, bourses, prix et distinctions, premios, logros, reconocimientos, premios y reconocimientos, becas, "
        "premi, riconoscimenti, premi e riconoscimenti, borse di studio, prêmios, prémios, conquistas, reconhecimentos, "
        "prêmios e reconhecimentos, prijzen, onderscheidingen, prestaties, awards en prijzen, prijzen en onderscheidingen, "
        "获奖情况, 荣誉, 奖项, 获奖经历, 荣誉奖项, 所获荣誉, 獲獎, 荣誉与奖项, 荣誉证书, 奖励, 受賞歴, 受賞, 表彰, 賞罰, पुरस्कार, उपलब्धियाँ, "
        "उपलब्धियां, सम्मान, पुरस्कार और सम्मान, nagrody, osiągnięcia, utmärkelser, priser, palkinnot, ocenění, ödüller, "
        "награды, достижения, нагороди, βραβεία, الجوائز, جوائز, الإنجازات, جوایز, افتخارات, פרסים, 수상, 수상 경력, 수상내역, premii, díjak"
    ),
    "volunteer": (
        "volunteer, volunteering, volunteer experience, volunteer work, voluntary work, community service, "
        "community involvement, extracurricular activities, activities, leadership, leadership and activities, "
        "volunteer activities, community, extracurriculars, leadership and volunteering, civic engagement, "
        "activities and leadership, volunteering experience, social engagement, extracurricular activity, "
        "campus involvement, outreach, "
        "ehrenamt, ehrenamtliche tätigkeit, ehrenamtliches engagement, ehrenamtliche tätigkeiten, engagement, "
        "freiwilligenarbeit, gesellschaftliches engagement, soziales engagement, bénévolat, engagement associatif, "
        "expérience bénévole, activités bénévoles, vie associative, engagements, voluntariado, trabajo voluntario, "
        "experiencia de voluntariado, volontariato, esperienza di volontariato, attività di volontariato, "
        "trabalho voluntário, experiência voluntária, vrijwilligerswerk, vrijwilligerservaring, 志愿者经历, 志愿服务, "
        "志愿经历, 校园经历, 社会实践, 义工经历, 社团活动, 志願服務, ボランティア, ボランティア活動, ボランティア経験, 課外活動, "
        "स्वयंसेवा, स्वयंसेवक कार्य, स्वयंसेवी कार्य, सामाजिक कार्य, wolontariat, volontärarbete, ideellt engagemang, frivilligt arbejde, "
        "frivillig arbeid, vapaaehtoistyö, dobrovolnictví, gönüllülük, gönüllü çalışmalar, волонтёрство, волонтерство, "
        "волонтерський досвід, εθελοντισμός, εθελοντική εργασία, التطوع, العمل التطوعي, الأعمال التطوعية, فعالیت‌های داوطلبانه, "
        "فعالیت های داوطلبانه, התנדבות, 봉사활동, 봉사 활동, 자원봉사, voluntariat, önkéntes munka"
    ),
    "publications": (
        "publications, selected publications, papers, articles, conference papers, publications and talks, books, "
        "journal articles, research publications, peer reviewed publications, publications and presentations, "
        "publikationen, veröffentlichungen, articles et publications, publicaciones, pubblicazioni, publicações, "
        "publicaties, 论文, 发表论文, 出版物, 学术成果, 論文, 著作, 出版, 論文・著作, 發表論文, प्रकाशन, publikacje, publikationer, publikasjoner, "
        "julkaisut, publikace, yayınlar, публикации, публікації, δημοσιεύσεις, المنشورات, منشورات, الأبحاث, انتشارات, مقالات, "
        "פרסומים, 출판물, 논문, publicații, publikációk"
    ),
    "interests": (
        "interests, hobbies, hobbies and interests, personal interests, interests and hobbies, passions, "
        "interessen, hobbys, hobbys und interessen, interessen und hobbys, centres d'intérêt, loisirs, intérêts, "
        "centre d'intérêt, passions et loisirs, intereses, aficiones, pasatiempos, hobbies e intereses, "
        "interessi, hobby, interessi e hobby, passioni, interesses, passatempos, hobby's, interesses en hobby's, "
        "hobby's en interesses, 兴趣爱好, 兴趣, 爱好, 興趣, 興趣愛好, 个人爱好, 趣味, 趣味・特技, 興味, 関心, रुचियाँ, रुचियां, रुचि, शौक, "
        "zainteresowania, hobby, intressen, fritidsintressen, interesser, fritidsinteresser, harrastukset, zájmy, koníčky, "
        "ilgi alanları, hobiler, интересы, хобби, увлечения, інтереси, ενδιαφέροντα, الاهتمامات, الهوايات, اهتمامات, علایق, "
        "علاقه‌مندی‌ها, علاقه مندی ها, תחומי עניין, תחביבים, 관심사, 취미, hobby și interese, érdeklődés"
    ),
    "references": (
        "references, referees, recommendations, testimonials, referenzen, empfehlungen, références, recommandations, "
        "referencias, recomendaciones, referenze, raccomandazioni, referências, recomendações, referenties, "
        "aanbevelingen, 推荐人, 证明人, 推薦人, 推荐信, 推薦者, 参照, 照会先, 推薦, संदर्भ, सन्दर्भ, सिफ़ारिशें, referencje, referenser, referencer, referanser, "
        "suositukset, suosittelijat, reference, referanslar, рекомендации, рекомендації, συστάσεις, المراجع, التوصيات, معرف‌ها, معرف ها, מלצות, ממליצים, "
        "추천인, referințe, referenciák"
    ),
    "contact": (
        "contact, contact information, contact details, contacts, personal information, personal details, personal data, "
        "links, social, online presence, get in touch, social media, details, find me online, personal info, profiles, "
        "contact me, my links, web, "
        "kontakt, kontaktdaten, persönliche daten, persönliche angaben, angaben zur person, zur person, "
        "coordonnées, informations personnelles, contact et liens, contacto, datos personales, datos de contacto, "
        "información personal, información de contacto, enlaces, redes, contatti, dati personali, informazioni personali, "
        "recapiti, contato, contacto, dados pessoais, informações pessoais, informações de contato, contactos, "
        "contactgegevens, persoonlijke gegevens, personalia, persoonlijke informatie, "
        "联系方式, 个人信息, 基本信息, 联系信息, 個人資料, 聯絡方式, 联系我, 連絡先, 個人情報, 基本情報, संपर्क, सम्पर्क, व्यक्तिगत जानकारी, "
        "संपर्क जानकारी, व्यक्तिगत विवरण, dane kontaktowe, dane osobowe, kontaktuppgifter, kontaktoplysninger, "
        "kontaktinformasjon, yhteystiedot, henkilötiedot, osobní údaje, iletişim, kişisel bilgiler, контакты, "
        "контактная информация, личные данные, контакти, επικοινωνία, προσωπικά στοιχεία, الاتصال, معلومات الاتصال, "
        "معلومات شخصية, البيانات الشخصية, المعلومات الشخصية, تماس, اطلاعات تماس, اطلاعات شخصی, פרטים אישיים, יצירת קשר, פרטי קשר, "
        "연락처, 개인정보, 개인 정보, 인적사항, 인적 사항, contact personal, elérhetőség, személyes adatok"
    ),
    "other": (
        "additional information, patents, presentations, talks, invited talks, memberships, professional memberships, "
        "affiliations, professional affiliations, coursework, relevant coursework, miscellaneous, conferences, "
        "additional, other, other information, professional service, service, committees, programs, military service, "
        "test scores, exams, associations, press, media, exhibitions, performances, workshops, program committees, writing, "
        "driving licence, driver's license, permiso de conducir, carné de conducir, carta de condução, prawo jazdy, körkort, patente o patenti, patente, work permit, availability, "
        "sonstiges, mitgliedschaften, weitere informationen, patente, vorträge, führerschein, divers, "
        "informations complémentaires, brevets, conférences, permis de conduire, otros, información adicional, "
        "otros datos, otros datos de interés, conferencias, patentes, altro, ulteriori informazioni, brevetti, "
        "informazioni aggiuntive, patente di guida, outros, informações adicionais, informações complementares, "
        "overig, overige, aanvullende informatie, rijbewijs, 其他, 其他信息, 专利, 附加信息, その他, 特許, 志望動機, 本人希望, "
        "अन्य, अतिरिक्त जानकारी, घोषणा, declaration"
    ),
}
TITLES_OF_DOCUMENT: Final = frozenset(
    "curriculum vitae, cv, resume, résumé, lebenslauf, tabellarischer lebenslauf, currículum, curriculum, currículo, "
    "hoja de vida, currículum vítae, 个人简历, 简历, 履歴書, 職務経歴書, 個人履歷, 履歷, बायोडाटा, जीवनवृत्त, रिज्यूमे, europass, "
    "europass curriculum vitae, biodata, bio data, curriculum vitae europass, życiorys, 이력서, السيرة الذاتية, رزومه, "
    "קורות חיים, meritförteckning, ansioluettelo, životopis, özgeçmiş".split(", ")
)
_NOISE: Final = re.compile(r"^[\W\d_]*(?:\d+(?:\.\d+)*[.)]?\s+)?|[\s:：.•|_–—=*#~-]+$")
_REMARK: Final = re.compile(r"(?<=[^\W\d_])\s+\([^()]{3,40}\)\s*[:：]?$")
"""A remark after a heading: "Work history (most recent first)"."""
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_AND: Final = re.compile(
    r"\s*(?:&|/|\+|,|、|・|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bi\b|\bog\b|\boch\b|और|एवं|与|和|及)\s*"
)


@lru_cache(4096)
def normal(text: str) -> str:
    """Return a heading as it is compared: without case, numbering and punctuation around it."""
    text = _PRIVATE.sub("", unicodedata.normalize("NFC", text[:200]).casefold().replace("’", "'"))
    return " ".join(_NOISE.sub("", _NOISE.sub("", text)).replace("-", " ").split())


@lru_cache(1)
def _sections() -> dict[str, str]:
    table: dict[str, str] = {}
    for section, phrases in _HEADINGS.items():
        for phrase in phrases.split(", "):
            table.setdefault(_and(normal(phrase)), section)
            table.setdefault(_and(normal(phrase)).replace(" ", ""), section)
    # What our own documents write.
    for language in languages():
        for section, heading in locale_of(language).headings.items():
            table.setdefault(_and(normal(heading)), section)
    return table


def _and(text: str) -> str:
    return _AND.sub(" & ", text)


_QUALIFIERS: Final = frozenset(
    "my professional relevant selected additional other key core technical personal related recent academic main notable "
    "current previous prior work general weitere sonstige wichtige autres principales otras otros altre outras overige "
    "industry career full-time part-time freelance early earlier significant select corporate".split()
)


@lru_cache(4096)
def section_of(text: str) -> str | None:
    """Return the section that a heading names; None if it names none that we know."""
    table, name = _sections(), _and(normal(text)).strip(" &")
    if len(text) > 70 or not name:
        return None
    if found := table.get(name) or table.get(name.replace(" ", "")):
        return found
    if remark := _REMARK.search(text):
        return section_of(text[: remark.start()])
    parts = [part for part in name.split(" & ") if part]
    if len(parts) > 1:
        known = [table.get(part) or table.get(_without_qualifiers(part)) for part in parts]
        if known[0] and sum(map(bool, known)) * 2 >= len(parts) and len(parts) <= 4:
            if "experience" in known:
                return "experience"
            return (
                known[0] if known[0] != "other" else next((each for each in known if each and each != "other"), "other")
            )
    rest = _without_qualifiers(name)
    return table.get(rest) if rest and rest != name else None


_STEMS: Final = (
    ("education", r"educat|learn|stud(?:y|ied|ium)|school|schul|ausbildung|formaci|formaç|opleiding|academic|istruzione|diplom|abschl"),
    ("experience", r"experien|worked|career|employ|erfahrung|station|jobs|expérien|esperien|ervaring|appointment|positions|laufbahn|trayectoria|parcours|报|经历|職"),
    ("skills", r"skill|good at|can do|what i know|kenntn|fähigk|was ich kann|toolbox|stack|compéten|competen|habilid|vaardigh|method|technolog|tools|技能|スキル|कौशल"),
    ("contact", r"contact|find me|reach me|kontakt|get in touch|where to find"),
    ("certifications", r"certif|licen[cs]|ticket|zertifi|training"),
    ("awards", r"award|hono[u]?rs|prize|grants|scholarship|auszeichn"),
    ("publications", r"publicat|papers|veröffentl"),
    ("languages", r"\blanguages i|speak|sprach|langue|idioma"),
    ("volunteer", r"volunt|ehrenamt|bénévol|communit|giving back|engagement"),
    ("projects", r"project|projekt|things i.ve (?:built|made)|what i.ve built"),
    ("interests", r"hobb|interest|when not|free time|freizeit|outside work|loisir"),
    ("references", r"referee|reference|people (?:have )?sa(?:id|y)|testimonial"),
    ("summary", r"hello|about|profil|who i am|über mich|summary|introduc"),
)  # fmt: skip


def likely_section(text: str) -> str | None:
    """Return the section that a heading seems to name, though it is in no list."""
    name = normal(text)
    return next((section for section, stem in _STEMS if re.search(stem, name)), None)


def _without_qualifiers(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0] in _QUALIFIERS:
        words.pop(0)
    return " ".join(words)
