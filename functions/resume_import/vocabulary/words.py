"""Words that tell a job title from an employer, a degree from a school, and a place from both."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_TITLE: Final = (
    "engineer engineering developer manager intern internship analyst designer director consultant architect lead "
    "officer assistant associate specialist coordinator administrator scientist researcher teacher professor lecturer "
    "nurse accountant technician programmer founder cofounder co-founder president vp ceo cto cfo coo cmo cio head "
    "supervisor representative executive advisor adviser agent clerk editor writer author journalist producer owner "
    "strategist trainer tutor instructor fellow postdoc trainee apprentice operator driver mechanic electrician chef "
    "cook waiter waitress bartender barista cashier receptionist secretary therapist physician doctor surgeon dentist "
    "pharmacist lawyer attorney paralegal counsel auditor buyer planner recruiter salesperson sales marketer translator "
    "interpreter photographer artist musician freelancer freelance contractor partner principal chair chairman chairwoman "
    "captain ambassador volunteer mentor member organizer organiser moderator contributor maintainer evangelist "
    "admin sysadmin devops sre qa tester scrum owner guard worker labourer carpenter plumber librarian curator "
    "host stylist broker banker trader underwriter actuary economist statistician biologist chemist physicist "
    "psychologist counselor counsellor caregiver nanny pilot steward paramedic firefighter soldier sergeant lieutenant "
    "deputy controller bookkeeper treasurer student graduate postdoctoral postgraduate copywriter animator "
    "illustrator videographer researcher staff aide foreman inspector estimator surveyor dispatcher handler "
    "attendant scholar scaffolder welder roofer plasterer joiner bricklayer labourer porter server cleaner machinist fitter turner rigger ranger guide midwife tailor butcher baker farmer gardener "
    "undergraduate technologist practitioner liaison resident registrar clinician hygienist janitor "
    "ingenieur ingenieurin entwickler entwicklerin softwareentwickler leiter leiterin berater beraterin praktikant praktikantin praktikum "
    "werkstudent werkstudentin assistent assistentin sachbearbeiter sachbearbeiterin kaufmann kauffrau referent referentin "
    "pâtissier pâtissière commis commise boulanger boulangère cuisinier cuisinière juriste avocat avocate conducteur employé employée ouvrier "
    "ouvrière chauffeur apprentie caissier caissière animateur animatrice formateur formatrice interne externe éducateur éducatrice "
    "kierowniczka asystentka referentka sekretärin konstruktör tekniker säljare assistentin schwester stationsleiter stationsleitung altenpfleger "
    "werkvoorbereider uitvoerder monteur stagiaire socio socia fondatore fundador fundadora abogado abogada maestro maestra médico médica "
    "arzt ärztin assistenzarzt assistenzärztin oberarzt oberärztin facharzt fachärztin hebamme erzieher erzieherin jurist juristin anwalt anwältin "
    "rechtsanwalt rechtsanwältin architekt architektin designerin gärtner gärtnerin mechaniker mechatroniker elektriker elektroniker tischler "
    "schreiner maler maurer friseur friseurin bäcker bäckerin kellner kellnerin fahrer fahrerin lagerist disponent controllerin analystin managerin "
    "konstrukteur konstrukteurin sekretär zivildienstleistender übersetzer übersetzerin journalist journalistin dozent dozentin doktorand doktorandin "
    "médecin notaire électricien électricienne plombier menuisier coiffeur coiffeuse livreur magasinier hôte hôtesse réceptionniste traducteur traductrice "
    "journaliste doctorant doctorante coordonnateur coordonnatrice coordinateur coordinatrice préparateur formateur maître sous-chef pharmacien pharmacienne "
    "electricista fontanero carpintero conductor conductora repartidor cajero cajera peluquero peluquera recepcionista traductor traductora periodista "
    "cocinero cocinera arquitecto arquitecta farmacéutico farmacéutica psicólogo psicóloga fisioterapeuta veterinario doctorando "
    "medico avvocato avvocata elettricista idraulico autista magazziniere parrucchiere parrucchiera traduttore traduttrice giornalista cuoca architetto "
    "farmacista psicologo psicologa collaboratore collaboratrice segretaria segretario commercialista dottorando "
    "médico médica advogado advogada eletricista motorista cozinheiro cozinheira jornalista tradutor tradutora arquiteto arquiteta farmacêutico "
    "psicólogo técnica secretária secretário vendedor bolsista "
    "arts advocaat elektricien loodgieter kok kapper vertaler journaliste monteur kassamedewerker verzorgende jurist architect apotheker promovendus "
    "lekarz lekarka prawnik elektryk kierowca kucharz fryzjer recepcjonista tłumacz dziennikarz sprzedawca magazynier księgowa księgowy nauczyciel "
    "nauczycielka pielęgniarka projektant projektantka architekt koordynator menedżer dyrektor inżynier "
    "läkare advokat elektriker snickare kock frisör receptionist översättare lagerarbetare undersköterska förskollärare arkitekt beräkningsingenjör "
    "projektledare butikschef undersøger sygeplejerske lege sykepleier "
    "doktor avukat elektrikçi şoför aşçı kuaför öğretmen hemşire muhasebeci mimar satış "
    "врач юрист электрик водитель повар переводчик журналист бухгалтер учитель медсестра продавец помощник преподаватель конструктор технолог "
    "γιατρός δικηγόρος μηχανικός λογιστής πωλητής νοσηλευτής "
    "geschäftsführer geschäftsführerin mitarbeiter mitarbeiterin lehrer lehrerin krankenschwester pfleger pflegefachfrau pflegefachmann "
    "verkäufer verkäuferin auszubildender auszubildende azubi fachinformatiker koch köchin buchhalter buchhalterin hilfskraft "
    "teamleiter teamleiterin projektleiter projektleiterin abteilungsleiter techniker technikerin wissenschaftler redakteur redakteurin "
    "ingénieur ingénieure développeur développeuse responsable directeur directrice chef cheffe stagiaire assistante "
    "consultante conseiller conseillère chargé chargée technicien technicienne enseignant enseignante professeur infirmier infirmière "
    "comptable vendeur vendeuse gestionnaire alternant alternante apprenti apprentie chercheur chercheuse analyste adjoint "
    "adjointe commercial commerciale serveur serveuse graphiste rédacteur rédactrice architecte secrétaire concepteur conceptrice "
    "ingeniero ingeniera desarrollador desarrolladora gerente jefe jefa analista diseñador diseñadora directora "
    "consultor consultora asistente becario becaria practicante coordinador coordinadora técnico técnica profesor profesora "
    "enfermero enfermera contable contador contadora vendedor vendedora encargado encargada auxiliar administrativo administrativa "
    "programador programadora investigador investigadora docente líder supervisora dependiente camarero camarera "
    "ingegnere sviluppatore sviluppatrice direttore direttrice responsabile tirocinante stagista consulente progettista "
    "insegnante infermiere infermiera contabile impiegato impiegata addetto addetta coordinatore coordinatrice tecnico "
    "ricercatore ricercatrice assistente commessa commesso cuoco cameriere cameriera grafico capo educatore educatrice "
    "engenheiro engenheira desenvolvedor desenvolvedora diretor diretora estagiário estagiária designer coordenador "
    "coordenadora professora pesquisador pesquisadora gestor gestora enfermeiro enfermeira assistente auxiliar vendedora "
    "chefe estágio atendente operador operadora "
    "ontwikkelaar ingenieur directeur stagiair adviseur medewerker medewerkster docent leraar lerares verpleegkundige "
    "teamleider projectleider hoofd boekhouder verkoper beheerder onderzoeker ontwerper coördinator leidinggevende "
    "inżynier programista programistka kierownik specjalista specjalistka analityk asystent asystentka stażysta "
    "utvecklare ingenjör chef konsult handläggare lärare sjuksköterska udvikler leder konsulent utvikler lærer "
    "mühendis mühendisi geliştirici müdür müdürü uzman uzmanı stajyer danışman yönetici yöneticisi "
    "инженер разработчик менеджер программист аналитик директор руководитель специалист стажер стажёр дизайнер ассистент"
)
_TITLE_CJK: Final = (
    "工程师|工程師|经理|經理|主管|总监|總監|实习生|實習生|开发|顾问|助理|专员|設計師|设计师|分析师|教师|教授|讲师|研究员|主任|总裁|"
    "负责人|架构师|会计|编辑|护士|医生|销售|运营|产品|程序员|エンジニア|マネージャー|マネジャー|デザイナー|ディレクター|プログラマー|"
    "アナリスト|コンサルタント|部長|課長|係長|主任|担当|リーダー|インターン|講師|教員|研究員|営業|開発者|アシスタント|スタッフ|店長|"
    "इंजीनियर|प्रबंधक|मैनेजर|डेवलपर|विश्लेषक|सहायक|अधिकारी|शिक्षक|प्रशिक्षु|इंटर्न|निदेशक|सलाहकार|डिज़ाइनर|लेखाकार|प्रोग्रामर|विकासक|प्रमुख|समन्वयक|"
    "엔지니어|개발자|매니저|디자이너|인턴|팀장|과장|대리|연구원|مهندس|مدير|مطور|محلل|مصمم|مستشار|متدرب|توسعه|برنامه‌نویس|کارشناس|מהנדס|מפתח|מנהל|מנהלת"
)
_COMPANY: Final = (
    "inc incorporated llc ltd limited corp corporation co company plc llp lp pty gmbh ag se kg kgaa ohg mbh ev e.v sarl sas sa "
    "s.a srl s.r.l spa s.p.a sl s.l ltda lda bv b.v nv n.v ab oy oyj as a/s aps sp z.o.o kk k.k pvt pte group gruppe groupe "
    "grupo gruppo holding holdings labs laboratories laboratory lab technologies technology tech solutions systems "
    "services software bank bancorp capital ventures partners associates consulting studio studios agency media "
    "university college institute school hospital clinic center centre foundation ministry department museum "
    "airlines airways motors energy pharmaceuticals pharma healthcare insurance logistics industries international "
    "global enterprises networks restaurant hotel café cafe bakery store stores shop market markets council government "
    "army navy force association society club church trust fund nonprofit ngo startup "
    "universität hochschule klinikum krankenhaus stadtwerke werke verlag bäckerei apotheke "
    "université hôpital banque société mairie entreprise cabinet universidad banco ayuntamiento clínica empresa "
    "università ospedale banca comune azienda universidade hospital prefeitura universiteit ziekenhuis gemeente "
    "bv stichting uniwersytet politechnika szpital cloud digital analytics interactive dynamics robotics data "
    "financial games gaming works factory collective cooperative airline railways electronics semiconductors"
)
_COMPANY_CJK: Final = (
    "公司|集团|集團|有限|银行|大学|大學|学院|医院|研究所|研究院|科技|株式会社|会社|銀行|病院|大学院|合同会社|"
    "कंपनी|लिमिटेड|प्राइवेट|विश्वविद्यालय|बैंक|संस्थान|अस्पताल|टेक्नोलॉजीज|주식회사|회사|은행|대학교|شركة|بنك|جامعة|شرکت|دانشگاه|בנק|אוניברסיטת"
)
_SCHOOL: Final = re.compile(
    r"universit|universidad|universidade|uniwersytet|univerzit|université|yliopisto|politechn|politecnico|polytech|politécnic|hochschule|hogeschool|"
    r"\bcollege\b|collège|institut\b|\binstitut|bildungszentrum|fachschule|\bschool\b|\bschule\b|schule\b|\bacademy\b|akademie|académie|academia|accademia|"
    r"gymnasium|\blyc[ée]e\b|\bliceo\b|\blyceum\b|\bescuela\b|\bescola\b|\bscuola\b|\bécole\b|\becole\b|\bfacult|\bfacoltà|"
    r"instituto|istituto|\bIES\b|kolleg\b|\bISEG\b|\bENS\b|\bMIT\b|\bETH\b|\bEPFL\b|\bTU\b|\bTH\b|\bFH\b|\bUC\b|\bUCLA\b|\bNYU\b|"
    r"\bIIT\b|\bIIM\b|\bLMU\b|\bRWTH\b|\bINSEAD\b|\bINSA\b|\bIHK\b|\bHWK\b|\bTAFE\b|\bSENAC\b|\bSENAI\b|\bCIP\b|\bGMIT\b|polytechnic|\bHEC\b|vidyalaya|大学|大學|学院|學院|学校|學校|高中|高校|中学|専門|विश्वविद्यालय|संस्थान|महाविद्यालय|"
    r"विद्यालय|대학교|대학|고등학교|جامعة|كلية|دانشگاه|אוניברסיט|universitet|högskola|høgskole|højskole|korkeakoulu|üniversite|университет|институт|"
    r"πανεπιστήμιο|bootcamp|szkoł|uczelni|\bliceum|technikum|skola\b|skolan\b|\bCFA\b|\bIUT\b|coursera|udacity|\bedx\b|conservato|seminary|berufskolleg|roc\b|\bhbo\b|\bhs\b|iskola|egyetem",
    re.IGNORECASE,
)
_DEGREE: Final = re.compile(
    r"bachelor|\bmaster|\bmagister|\bdoctor|\bdoktor|\bph\.?\s?d\b|\bdphil\b|\bb\.?\s?sc?\b|\bm\.?\s?sc?\b|\bb\.?a\b\.?|\bm\.?a\b\.?(?!\w)|"
    r"\bb\.?\s?eng\b|\bm\.?\s?eng\b|\bb\.?\s?tech\b|\bm\.?\s?tech\b|\bb\.?e\b\.?(?!\w)|\bmba\b|\bbba\b|\bb\.?com\b|\bm\.?com\b|\bbca\b|\bmca\b|"
    r"\bb\.?f\.?a\b|\bm\.?f\.?a\b|\bmphil\b|\bmpa\b|\bmph\b|\bjd\b|\bj\.d\.?|\bllb\b|\bllm\b|\bll\.[bm]\.?|\bmd\b|\bm\.d\.|\bdds\b|\bedd\b|\bbsn\b|\bmsn\b|\bmres\b|"
    r"\bassociate(?:'s|’s)?\b|\bassociate of\b|\ba\.?\s?a\.?s?\b\.?(?!\w)|\bdiplom|\bdiplôme|\bdiploma|\bdegree\b|\bcertificate\b|\bminor\b|\bmajor\b|"
    r"\blicence\b|\blicenciatura|\blicenciad|\bgrado\b|\bgraduação|\bgraduado|\bgraduate\b|\bbacharelado|\bbacharel|\bmestrado|\bmestre\b|\bdoutorado|\bdoutoramento|"
    r"\bmáster|\bmaestría|\bmaestria|\bdoctorado|\bdoctorat|\bbachillerato|\btécnico|\bingénieur|\bingeniería|\bingeniero|\bengenharia|"
    r"\blaurea|\bdottorato|\bmaturità|\bbaccalauréat|\bbac\b|\bdut\b|\bbts\b|\bdeug\b|\babitur|\bmatura\b|\bfachabitur|\bstaatsexamen|\bausbildung\b|\bpromotion\b|"
    r"\bhigh school|\bsecondary|\bged\b|\ba[- ]levels?\b|\bgcse|\bvwo\b|\bhavo\b|\bmbo\b|\bpropedeuse|\bpostdoc|\bmeister\b|\brealschul|\bhauptschul|\bundergraduate|"
    r"\bspecialization|\bnanodegree|\bbrevet\b|\bnvq\b|\bbtec\b|\bgcses?\b|\bhnd\b|\bcap\b|\bmittlere reife|\bfachweiterbildung|fähigkeitszeugnis|gesellenbrief|\bvordiplom|\bhbo-|\bprogrammet\b|\bstudia\b|\bsslc\b|\bpuc\b|leaving cert|\bmaîtrise\b|\bfellowship\b|\bcurso\b|\bformation\b|学士|硕士|碩士|博士|本科|专科|大专|研究生|修士|高中|学位|学部|研究科|专业|専攻|卒業|学科|"
    r"स्नातक|परास्नातक|स्नातकोत्तर|डिप्लोमा|बी\.?\s?टेक|एम\.?\s?टेक|बी\.?\s?ए|एम\.?\s?ए|बीएससी|एमएससी|बी\.?एससी|पीएचडी|एमबीए|학사|석사|박사|بكالوريوس|ماجستير|دكتوراه|کارشناسی|دکتری|"
    r"licencjat|magister|inżynier|kandidat|civilingenjör|magisterexamen|kandidatexamen|lisans|yüksek lisans|doktora|бакалавр|магистр|специалист|"
    r"πτυχίο|μεταπτυχιακό|תואר|\bbiztos|mérnök",
    re.IGNORECASE,
)
SCORE: Final = re.compile(
    r"\b(?:c?gpa|cgp|grade|(?:gesamt|abschluss)?note|moyenne|nota|media|voto|promedio|cijfer|gemiddelde|score|percentage|marks|average|mention)\b\s*(?:average)?\s*[:：]?\s*"
    r"(?:of\s+)?(\d[\d.,]*\s*%?(?:\s*(?:/|out of|von|sur|de|su|van)\s*\d[\d.,]*)?)|(?<![\d/])(\d[.,]\d{1,2}\s*/\s*\d(?:[.,]\d+)?)\b(?:\s*GPA)?|"
    r"\b(\d[.,]\d{1,2})\s*(?:c?gpa)\b|(?:GPA|绩点|平均)\s*[:：]?\s*(\d[\d.]*(?:/\d[\d.]*)?)|\b(\d{2,3}/110(?: e lode)?)|(\d{2}(?:\.\d+)?\s?%)",
    re.IGNORECASE,
)
HONOURS: Final = re.compile(
    r"distinction|honou?rs?\b(?!\s+(?:degree|in\b))|first[- ]class|second[- ]class|cum laude|\bmention\b|prädikat|\blode\b|\bprize\b|valedictorian|honor[íi]fica|menzione|avec mention|\bthesis\b|dissertation|"
    r"\badvis[eo]r\b|dean.s list|\bgpa\b|\b2[.:][12]\b|abschlussarbeit|\bvalores\b|श्रेणी|\bmerit\b|masterarbeit|bachelorarbeit|mémoire|\btesi\b|\bnote\b|^grad(?:uated|\.)",
    re.IGNORECASE,
)
_COUNTRIES: Final = (
    "united states, usa, u.s.a., us, u.s., united kingdom, uk, england, scotland, wales, ireland, germany, deutschland, austria, "
    "österreich, switzerland, schweiz, suisse, svizzera, france, frankreich, spain, españa, italy, italia, portugal, netherlands, the netherlands, nederland, "
    "belgium, belgique, belgië, poland, polska, sweden, sverige, norway, norge, denmark, danmark, finland, suomi, czech republic, czechia, "
    "hungary, romania, românia, greece, turkey, türkiye, russia, ukraine, canada, mexico, méxico, brazil, brasil, argentina, chile, colombia, peru, perú, "
    "ecuador, venezuela, uruguay, india, भारत, china, 中国, japan, 日本, south korea, korea, taiwan, singapore, malaysia, indonesia, thailand, vietnam, "
    "philippines, australia, new zealand, south africa, nigeria, kenya, ghana, egypt, morocco, maroc, tunisia, tunisie, algeria, algérie, israel, uae, "
    "united arab emirates, saudi arabia, qatar, pakistan, bangladesh, sri lanka, nepal, iran, luxembourg, iceland, estonia, latvia, "
    "lithuania, croatia, serbia, slovenia, slovakia, bulgaria, cyprus, malta, hong kong, puerto rico, costa rica, panama, cuba, europe, "
    "remote, hybrid, remoto, télétravail, homeoffice, on-site, onsite, anywhere, worldwide, remote (us), 远程, リモート"
)
_STATES: Final = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI "
    "SC SD TN TX UT VT VA WA WV WI WY DC ON QC BC AB MB SK NS NB NL PE UK US USA UAE NSW VIC QLD TAS ACT SP RJ MG RS PR SC BA DF".split()
)
_STATE_NAMES: Final = (
    "alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii, idaho, illinois, indiana, "
    "iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi, missouri, montana, nebraska, "
    "nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota, ohio, oklahoma, oregon, pennsylvania, "
    "rhode island, south carolina, south dakota, tennessee, texas, utah, vermont, virginia, washington, west virginia, wisconsin, wyoming, "
    "ontario, quebec, québec, british columbia, alberta, manitoba, nova scotia, karnataka, maharashtra, tamil nadu, telangana, kerala, gujarat, "
    "delhi, west bengal, uttar pradesh, bavaria, bayern, catalonia, cataluña, andalucía, lombardia, île-de-france, são paulo, ny, dc, washington dc"
)
_LONG_PLACE: Final = re.compile(
    r"^(?:san|santa|los|las|saint|st\.|new|north|south|east|west|fort|port|lake|mount|sankt|são|santo)\b|\b(?:city|beach|park|falls|springs|hills|heights|island|am|an der|upon|sur|do|de)\b",
    re.IGNORECASE,
)
"""What places of three words and more have, where no list has them."""
_TRADE: Final = re.compile(
    r"^\w{3,}(?:der|ter|ker|ger|ner|ler|per|ser|tor|sor|ist|ista|ian|cian|eur|euse|ière|ienne|dor|dora|tore|trice|aio|iker|ikerin|erin|owca|arz|arka)$"
)
_POSTCODE: Final = re.compile(
    r"^(?:[A-Z]{1,2}-)?\d{4,5}\s+(?=[^\W\d_])|(?<=[^\W\d_])\s+(?:[A-Z]{1,2}\d[A-Z\d]?(?:\s*\d[A-Z]{2})?|\d{4,6})$"
)
_AREA: Final = re.compile(r"^Greater\s+|\s+(?:(?:Metropolitan|Bay|Metro)\s+)?Area$")
_STATE_BEFORE: Final = re.compile(r"(?<=,\s)([A-Z]{2}) (?=[A-Z][a-z])(.+)$")
_WORD: Final = re.compile(r"[^\W\d_][^\s,;()|/–—]*", re.UNICODE)


@lru_cache(1)
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str], re.Pattern[str], re.Pattern[str]]:
    places = frozenset(f"{_COUNTRIES}, {_STATE_NAMES}".split(", "))
    return (
        frozenset(_TITLE.split()),
        frozenset(_COMPANY.split()),
        places,
        re.compile(_TITLE_CJK),
        re.compile(_COMPANY_CJK),
    )


@lru_cache(4096)
def title_weight(text: str) -> float:
    """Return how much a text looks like a job title (above 0) or like an employer (below 0)."""
    titles, companies, _, titles_cjk, companies_cjk = _sets()
    words = [word.casefold().strip(".'’") for word in _WORD.findall(text)]
    if not words:
        return 0.0
    weight = 0.0
    for place, word in enumerate(words):
        parts = {word, *word.split("-"), word.removesuffix("s"), word.split("/")[0]}
        if parts & titles or any(
            word.endswith(t)
            for t in (
                "entwickler",
                "leiter",
                "leiterin",
                "ingenieur",
                "berater",
                "manager",
                "techniker",
                "mitarbeiter",
                "assistent",
                "ontwikkelaar",
                "medewerker",
                "praktikant",
                "beauftragter",
                "referent",
                "führer",
                "führerin",
                "mühendisi",
                "inženýr",
            )
        ):
            weight += 2.0 if place in (0, len(words) - 1) else 1.2
        if word in companies or (parts & companies and word not in titles):
            weight -= 2.0 if place == len(words) - 1 else 0.4
    weight += 2.0 * bool(titles_cjk.search(text)) - 2.0 * bool(companies_cjk.search(text))
    weight += 0.8 * (
        words[0]
        in {
            "senior",
            "junior",
            "sr",
            "jr",
            "lead",
            "chief",
            "principal",
            "staff",
            "assistant",
            "associate",
            "graduate",
            "head",
            "trainee",
        }
    )
    if len(words) == 1 and not weight:
        weight -= 0.3
    return weight


@lru_cache(4096)
def trade_weight(text: str) -> float:
    """Return how much the words that no list has end like the names of trades: "Scaffolder", "monteur"."""
    words = [word.casefold().strip(".'’") for word in _WORD.findall(text)]
    return 0.6 * any(_TRADE.search(word) for word in words[:1] + words[-1:]) if len(words) <= 5 else 0.0


@lru_cache(4096)
def school_weight(text: str) -> float:
    """Return how much a text looks like a school (above 0) or like a degree (below 0)."""
    weight = 2.0 * bool(_SCHOOL.search(text)) - 2.0 * bool(_DEGREE.search(text))
    if re.search(
        r"\b(?:university|université|universität|universidad|universidade|università|college)\b", text, re.IGNORECASE
    ):
        weight += 1.0
    if (
        re.search(
            r"\w\s+(?:high|secondary|grammar|middle|community) (?:school|college)\b|\w\s+(?:gymnasium|realschule)\b|^(?:gymnasium|realschule|hauptschule|liceo|lycée|ies|colegio|collège|bildungszentrum)\s+\w",
            text,
            re.IGNORECASE,
        )
        and "diploma" not in text.casefold()
    ):
        weight += 2.0
    if re.search(r"^(?:bachelor|master|b\.?sc?\b|m\.?sc?\b|ph\.?d|diplom|licenc|laurea|mba)", text, re.IGNORECASE):
        weight -= 1.5
    return weight


@lru_cache(4096)
def is_degree(text: str) -> bool:
    """Return whether a text names a degree."""
    return bool(_DEGREE.search(text))


@lru_cache(4096)
def is_school(text: str) -> bool:
    """Return whether a text names a school."""
    return bool(_SCHOOL.search(text))


@lru_cache(4096)
def is_place(text: str) -> bool:  # noqa: PLR0911 - a list of cases
    """Return whether a whole text is a place: "Berlin, Germany", "Austin, TX", "Remote"."""
    from functions._shared.domain.language.vocabulary.cities import countries_of

    text = _without_area(text.strip(" .()[]"))
    if not text or len(text) > 60 or any(letter.isdigit() for letter in text):
        return False
    places = _sets()[2]
    if text.casefold() in places or countries_of(text):
        return True
    parts = [part.strip(" .)") for part in re.split(r",|\(|、|，", text) if part.strip(" .)")]
    if len(parts) == 1:
        parts = [part.strip() for part in re.split(r"\s[-–/|·]\s|/", text) if part.strip()]
        return 2 <= len(parts) <= 3 and all(_is_known_place(part) for part in parts)
    if not 2 <= len(parts) <= 4 or any(is_degree(part) or is_school(part) for part in parts[:-1]):
        return False
    last = parts[-1]
    known = last.casefold() in places or (last.upper() in _STATES and len(last) <= 3)
    if not known and not (_is_known_place(parts[0]) and len(parts) == 2):
        return False
    if (
        len(parts) > 2
        and not _is_known_place(parts[0])
        and ((_is_known_place(parts[1]) and not is_region(parts[1])) or last.upper() in _STATES - {"US", "USA", "UK"})
    ):
        return False
    if any(
        len(part.split()) > 3 or title_weight(part) not in {0.0, -0.3}
        for part in parts[:-1]
        if not _is_known_place(part)
    ):
        return False
    if any(len(part.split()) > 2 and not _is_known_place(part) and not _LONG_PLACE.search(part) for part in parts[:-1]):
        return False
    return all(part[0].isupper() or part[0] > "\u0900" or part.casefold() in places for part in parts)


def _without_area(text: str) -> str:
    """Return a place without what stands around its name: a postcode, "Greater", "Area"; "Bendigo VIC" gets its comma."""
    name = _POSTCODE.sub("", text)
    name = _AREA.sub("", name) or name
    city, _, state = name.rpartition(" ")
    code = state in _STATES and len(state) > 1 and state.casefold() not in _sets()[1] and not city.endswith(",")
    if code and city and len(city.split()) <= 3 and "," not in city:
        return f"{city}, {state}"
    return _STATE_BEFORE.sub(r"\1, \2", name)


def is_region(text: str) -> bool:
    """Return whether a text is a country or a state, and no city."""
    from functions._shared.domain.language.vocabulary.cities import countries_of

    return text.upper() in _STATES or (text.casefold() in _sets()[2] and not countries_of(text))


def _is_known_place(text: str) -> bool:
    from functions._shared.domain.language.vocabulary.cities import countries_of

    return text.casefold() in _sets()[2] or bool(countries_of(text))
