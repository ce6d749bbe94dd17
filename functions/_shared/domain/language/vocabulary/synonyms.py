"""Words that state the same thing with the same strength, by language: data.

Groups are parted by ``;``. A word stands in one group. No group leads upwards: who helped did not lead, who drafted did
not decide. An act stands with its noun ("Leitung", "leiten"), where their stems differ. Forms that the stemmer does not
bring together stand beside each other.
"""

from __future__ import annotations

from typing import Final

ACTS: Final = {
    "english": """
    manage run oversee; lead; supervise; build create develop; design; write author compose; draft; establish found
    introduce; implement; reduce cut lower decrease fall drop shorten slash trim; increase raise grow rise boost climb;
    improve; train; teach instruct; mentor; coach; prepare; check verify; review; inspect; repair fix mend resolve
    solve resolution; maintain keep; handle process; serve; answer reply respond; help assist support aid assistance
    assistant; participate participation; contribute contribution; organise organize arrange; organisation
    organization; plan; buy purchase; sell sale; deliver delivery; move migrate relocate migration; replace; use
    utilise utilize; conduct perform execute; hold; present presentation; monitor track; automate automation; hire
    recruit recruitment; cooperate collaborate liaise; receive obtain earn; reach achieve attain; exceed surpass; save
    saving; complete finish completion; start begin; collect gather; test; install installation; clean; cook; care;
    coordinate coordination; negotiate negotiation; translate translation; analyse analyze analysis; evaluate
    evaluation assess assessment; calculate calculation; count; order; stock; drive; operate operation; assemble
    assembly; weld; treat treatment; advise advice; administer administration; edit; publish publication; research;
    document documentation; register registration; schedule; file; cover; mark grade; look; post enter; give provide;
    make produce; choose select; book; recover reclaim; transfer; advise counsel; simplify streamline; revise rework;
    show demonstrate; supply; eliminate remove; merge combine; split divide; transport carry; renovate refurbish refit;
    halve; double; triple; visit; guide; explain; host; chair; compile; distribute; convert; feed; prevent avoid;
    attend; observe; reconcile reconciliation; issue; paint; measure; pack; ship; load; unload; pick; sort; plant;
    record log; launch release; expand extend; update refresh; send dispatch; accelerate speed; assign allocate;
    approve authorise authorize approval; greet welcome; accompany escort; change alter modify adjust; wash; proofread;
    discover detect; demolish dismantle; submit; archive; forecast; deputise deputize; sterilise sterilize
    sterilisation sterilization; digitise digitize; standardise standardize; modernise modernize; optimise optimize;
    prioritise prioritize; specialise specialize; visualise visualize; summarise summarize; catalogue catalog; label;
    configure configuration; deploy deployment; integrate integration; validate validation; verify verification;
    inspect inspection; allocate allocation; estimate estimation; simulate simulation; survey; interview; moderate
    moderation; facilitate facilitation; rehabilitate rehabilitation; vaccinate vaccination; investigate investigation;
    transcribe transcription; illustrate illustration; animate animation; supply; rent hire-out; irrigate irrigation;
    harvest; brew; bake; grill; polish; sand; sew; knit; weave; solder; rewire; tile; plaster; roof; excavate; survey
    """,
    "german": """
    leiten leitung leite leitete geleitet; anleiten anleitung angeleitet anleitet; betreuen betreuung betreute betreut;
    verantworten verantwortlich verantwortung verantwortet verantwortete; erstellen erstellung erstellt erstellte
    anfertigen; senken gesenkt senkte senkung reduzieren reduziert reduzierung verringern verringerte verringert
    verringerung; steigern gesteigert steigerte steigerung erhöhen erhöht erhöhte erhöhung; entwickeln entwicklung
    entwickelt entwickelte; aufbauen aufbau aufgebaut; einführen einführung eingeführt; einarbeiten einarbeitung
    eingearbeitet; einweisen einweisung eingewiesen; schulen schulung geschult schulte schulungen; warten wartung
    gewartet wartete; instandhalten instandhaltung; reparieren reparatur repariert reparierte reparaturen; unterstützen
    unterstützung unterstützt unterstützte helfen half geholfen hilfe; durchführen durchführung durchgeführt; planen
    planung geplant plante plane; organisieren organisation organisiert organisierte; prüfen prüfung geprüft prüfte;
    verkaufen verkauf verkauft verkaufte; beraten beratung beriet berate; bearbeiten bearbeitung bearbeitet
    bearbeitete; unterrichten unterricht unterrichtet unterrichtete; pflegen pflege gepflegt pflegte; vorbereiten
    vorbereitung vorbereitet bereitet; umstellen umstellung umgestellt umstieg; koordinieren koordination koordinierung
    koordiniert koordinierte; bedienen bedienung bedient bediente; verwalten verwaltung verwaltet verwaltete;
    mitarbeiten mitarbeit mitgearbeitet mitgewirkt mitwirkung mitwirken mitwirkte beteiligt beteiligung beteiligte;
    beheben behebung behoben behob; sicherstellen sicherstellung gewährleisten gewährleistung; verbessern verbesserung
    verbessert verbesserte; aktualisieren aktualisierung; auswählen auswahl ausgewählt; einkaufen einkauf eingekauft;
    führen führung geführt führte; gestalten gestaltung gestaltet gestaltete; dokumentieren dokumentation dokumentiert
    dokumentierte; kontrollieren kontrolle kontrolliert kontrollierte; ausbilden ausbildung ausgebildet; liefern
    lieferung geliefert lieferte; montieren montage montiert montierte; bauen bau gebaut baute; schreiben geschrieben
    schrieb verfassen verfasst verfasste; halten gehalten hielt; begleiten begleitung begleitet begleitete; annehmen
    annahme angenommen; übersetzen übersetzung übersetzt übersetzte; messen messung gemessen; abschließen abschluss
    abgeschlossen; überwachen überwachung überwacht überwachte; nutzen nutzung verwenden verwendung; fahren gefahren
    fuhr; kochen gekocht; zubereiten zubereitung zubereitet; reinigen reinigung gereinigt; lagern lagerung gelagert;
    erfassen erfassung; disponieren disposition; auswerten auswertung; vermitteln vermittlung; abwickeln abwicklung;
    zustellen zustellung; abrechnen abrechnung; dosieren dosierung; buchen buchung; überprüfen überprüfung; abstimmen
    abstimmung abgestimmt; durchsetzen durchgesetzt durchsetzung; anbieten angebot angeboten; aufnehmen aufnahme
    aufgenommen; ausliefern auslieferung ausgeliefert; zusammenstellen zusammenstellung zusammengestellt; herstellen
    herstellung hergestellt; bereitstellen bereitstellung bereitgestellt; ausstellen ausstellung ausgestellt; einlagern
    einlagerung eingelagert; umsetzen umsetzung umgesetzt; ausbauen ausbau ausgebaut; umbauen umbau umgebaut;
    einrichten einrichtung eingerichtet; ausarbeiten ausarbeitung ausgearbeitet; aufklären aufklärung aufgeklärt;
    vorstellen vorstellung vorgestellt; ablegen ablage abgelegt; einstellen einstellung eingestellt; abnehmen abnahme
    abgenommen; annehmen annahme angenommen; weiterentwickeln weiterentwicklung weiterentwickelt; nachbestellen
    nachbestellung nachbestellt; vertreten vertretung vertrat; versorgen versorgung versorgt; behandeln behandlung
    behandelt; verhandeln verhandlung verhandelt; bewerten bewertung bewertet; zeichnen zeichnung gezeichnet
    """,
    "french": """
    gérer gestion géré gère gérés; diriger direction dirigé; encadrer encadrement manager management manage managé;
    élaborer élaboration; choisir choix sélectionner sélection; améliorer amélioration; vérifier vérification; intégrer
    intégration; superviser supervision supervisé; former formation formé; rédiger rédaction rédigé rédige; mettre mise
    mis mettant; accompagner; réduire réduction réduit diminuer diminution diminué baisser baisse; augmenter
    augmentation accroître accru hausse; organiser organisation; participer participation; créer création créé;
    développer développement; préparer préparation; accueillir accueil accueilli; vendre vente vendu; réaliser
    réalisation effectuer; suivre suivi suivie; animer animation; entretenir entretien; concevoir conception conçu;
    coordonner coordination; conduire conduite conduit; contrôler contrôle contrôlé; traiter traitement; soigner soin;
    enseigner enseignement; assurer; installer installation; réparer réparation; livrer livraison; commander commande;
    tenir tenue tenu; servir service servi; acheter achat; proposer proposition; introduire introduction introduit;
    corriger correction; cuisiner; nettoyer nettoyage; remplacer remplacement; aider aide assister assistance;
    contribuer contribution; analyser analyse; négocier négociation; planifier planification; évaluer évaluation;
    traduire traduction traduit; passer passage; recevoir réception reçu; recruter recrutement; dresser dressage;
    assembler assemblage; saisir saisie; classer classement
    """,
    "spanish": """
    gestionar gestión; elegir elección elegí seleccionar selección; registrar registro; ahorrar ahorro; contratar
    contratación; tramitar tramitación trámite; sustituir sustitución reemplazar; asesorar asesoramiento; verificar
    verificación comprobar comprobación; trasladar traslado; optimizar optimización; archivar archivo; dirigir
    dirección dirigí dirigió liderar; reducir reducción reduje redujo reducido disminuir; aumentar aumento incrementar
    incremento; crear creación; desarrollar desarrollo; preparar preparación elaborar elaboración; atender atención
    atendí atiende; colaborar colaboración; participar participación; presentar presentación; redactar redacción;
    formar formación capacitar capacitación; coordinar coordinación; supervisar supervisión; organizar organización;
    implantar implementar implantación implementación; vender venta vendí; descargar descarga; cargar carga; mantener
    mantenimiento mantengo mantuvo mantiene; reparar reparación; revisar revisión; controlar control; enseñar enseñanza
    impartir; llevar; recibir recepción; instalar instalación; negociar negociación; comprar compra; planificar
    planificación; analizar análisis; diseñar diseño; traducir traducción; ayudar ayuda apoyar apoyo asistir
    asistencia; evaluar evaluación; cuidar cuidado; facturar facturación; conciliar conciliación; migrar migración;
    servir servicio sirve; conducir conducción conduzco conduje condujo; realizar realización realizo realicé; limpiar
    limpieza; cobrar cobro; corregir corrección; introducir introducción introduje; escribir escrito; construir
    construcción; mejorar mejora; producir producción; distribuir distribución; reponer reposición; cuadrar cuadre;
    entregar entrega
    """,
    "italian": """
    gestire gestione gestisco gestito gestisce; scegliere scelta scelto selezionare selezione; aiutare aiuto
    supportare supporto; verificare verifica; migliorare miglioramento; registrare registrazione; ottimizzare
    ottimizzazione; addestrare addestramento; dirigere direzione diretto; coordinare coordinamento; ridurre
    riduzione ridotto riduce diminuire diminuzione; aumentare aumento incrementare incremento; caricare carico;
    scaricare scarico; preparare preparazione; organizzare organizzazione; formare formazione; realizzare
    realizzazione; progettare progettazione; creare creazione; vendere vendita venduto; assistere assistenza
    assisto; collaborare collaborazione; partecipare partecipazione; redigere redazione redatto; curare cura;
    controllare controllo; contribuire contributo contribuito; insegnare insegnamento; servire servizio; sviluppare
    sviluppo; pianificare pianificazione; analizzare analisi; installare installazione; riparare riparazione;
    introdurre introduzione introdotto; sostituire sostituzione; tradurre traduzione tradotto; acquistare acquisto;
    scrivere scritto; stampare stampa; accogliere accoglienza accolto; supervisionare supervisione; mantenere
    manutenzione; impaginare impaginazione; consegnare consegna; svolgere svolgo svolto effettuare effettuato
    """,
    "portuguese": """
    gerir gestão gerenciar gerenciamento gere gerencio; escolher escolha selecionar seleção; ajudar ajuda auxiliar
    auxílio; melhorar melhoria; fiscalizar fiscalização; colaborar colaboração; registrar registro; substituir
    substituição; comprar compra; otimizar otimização; verificar verificação; dirigir direção liderar; coordenar
    coordenação; reduzir redução reduzi reduziu diminuir; aumentar aumento; atender atendimento; participar
    participação; organizar organização; preparar preparação elaborar elaboração; criar criação; desenvolver
    desenvolvimento; ensinar ensino lecionar; formar formação treinar treinamento; vender venda; apoiar apoio;
    supervisionar supervisão; apresentar apresentação; mudar mudança; emprestar empréstimo; corrigir correção;
    analisar análise; introduzir introdução; construir construção; acompanhar acompanhamento; planejar planejamento
    planear; contribuir contribuição; controlar controle controlo; instalar instalação; manter manutenção; redigir
    redação; traduzir tradução; realizar realização; negociar negociação;
    reparar reparação; entregar entrega
    """,
    "dutch": """
    leiden leiding leidde geleid; opleiden opleiding; verkopen verkoop; begeleiden begeleiding; verlagen verlaging
    """,
    "polish": """
    zarządzać zarządzanie zarządzam zarządza zarządzałem zarządzałam; prowadzić prowadzenie prowadzę prowadziłem
    prowadziłam; szkolić szkolenie przeszkoliłem przeszkoliłam; tworzyć tworzenie stworzyłem stworzyłam; wdrożyć
    wdrożenie wdrożyłem wdrożyłam
    """,
    "swedish": """
    leda ledde ledning; utbilda utbildning; utveckla utveckling; sälja försäljning; minska minskning
    """,
    "chinese": """
    降低 降 下降 减少 减 缩短 削减; 提高 提升 增加 增长 上升; 管理; 负责; 培训 带教 培养; 编写 撰写; 组织 举办;
    完成; 设计; 开发 研发; 搭建 建立; 维护; 分析; 处理; 采购 购买; 销售 卖出; 盘点; 接待 服务; 制作; 翻译; 检查
    检验; 修理 维修; 节省 节约; 优化 改进 改善; 实现 达到 达成; 推出; 讲授 教授; 担任; 熟悉 掌握; 参加; 处理
    """,
    "japanese": """
    勤務 働; 従事 携わ; 減ら 削減 減少 低減 短縮; 増や 増加 伸ば; 指導 教育; 作成 作; 管理; 運営; 開発 構築; 設計;
    導入; 改善; 実施 行; 対応; 販売; 接客; 翻訳; 分析; 修理; 点検 検査; 整備; 調理; 介助; 記録 記入; 企画; 取得;
    達成; 獲得; 主導; 統括; 監督
    """,
    "hindi": """
    दर्ज प्रविष्टि; मदद सहायता सहयोग; सिखाना सिखाई सिखाया सिखाती; संभालना संभाला संभाली संभालती; तैयारी तैयार; पढ़ाना
    पढ़ाया पढ़ाती पढ़ाई; बनाना बनाया बनाई बनाती; लिखना लिखा लिखी लिखती; देखना देखा देखती देखरेख
    """,
}
"""Acts. Two of them in one clause, joined by "and", are two claims."""

OTHERS: Final = {
    "english": """
    no not; staff employee personnel; customer client; firm company; error mistake; shop store; lorry truck; flat
    apartment; pupil student; doctor physician; colleague coworker; supplier vendor; invoice bill; cost expense; child
    kid; holiday vacation; main primary principal; big large; fault defect; phone telephone; car automobile; film
    movie; programme program; centre center; licence license; colour color; catalogue catalog; theatre theater; labour
    labor; behaviour behavior; mathematics maths math; picture image; whole entire; different various; rule regulation;
    talk lecture; task duty; participant attendee; timetable roster rota; request enquiry inquiry; parcel package;
    goods merchandise; photo photograph; leaflet flyer brochure; contract agreement; attorney lawyer; town city;
    average mean; first initial; short brief; document paper; carer caregiver; waiter server; exam examination;
    difficult hard; monthly; jointly together; newcomer starter; fitting; refurbishment renovation refit; premises;
    medicine medication drug; fast quick; candidate applicant; dwelling home; meal dish; wage salary pay; fitting
    fixture; app application; iv intravenous; elderly older; except excluding; share proportion; lab laboratory; rep
    representative; spec specification; info information; uni university; dept department; fridge refrigerator; bike
    bicycle; each every; mainly mostly primarily chiefly predominantly; spending expenditure; issue problem; question
    query; downtime outage; breakdown malfunction; survey questionnaire; advertisement advert ad; email mail; prize
    award; competition contest; thesis dissertation; manual handbook; procedure; inventory stocktaking stocktake;
    aircraft aeroplane airplane plane; vessel; engine motor; tyre tire; grey gray; nationwide countrywide; worldwide
    global globally; additional extra further; complete full; accurate precise; class lesson; target goal objective;
    revenue turnover; workforce; resident; journal magazine; vacancy opening; till register; van; dish meal; sick ill;
    illness disease; teenager adolescent; toddler; spreadsheet; website; internet online; night nighttime; weekend;
    half; staircase stairs; elevator lift; pavement sidewalk; gasoline petrol; diesel; cab taxi; autumn fall-season;
    start-up startup; e-commerce ecommerce; wi-fi wifi; on-site onsite; hands-on; beginner novice; textbook coursebook;
    kindergarten nursery; kitchen; beverage drink; dessert pudding; vegetable veg; equipment gear; uniform; lorry;
    delivery-note; bracket; ingredient; allotment; retiree pensioner; premium; neighbourhood neighborhood; fulfil
    fulfill; enrol enroll enrolment enrollment; jewellery jewelry; aluminium aluminum; paediatric pediatric;
    orthopaedic orthopedic; anaesthetic anesthetic; gynaecology gynecology; haematology hematology; counselling
    counseling; modelling modeling; travelling traveling; labelling labeling; metre meter; fibre fiber; defence
    defense; cheque check-payment; ageing aging; instalment installment; skilful skillful; programmer coder; laptop
    notebook; multiple several; present current existing
    """,
    "german": """
    mitarbeiter mitarbeitende mitarbeitenden mitarbeiterinnen beschäftigte beschäftigten angestellte; lehrling
    auszubildende auszubildenden azubi azubis lehrlinge; pkw auto autos personenkraftwagen; lkw lastkraftwagen
    lastwagen; mehrwertsteuer umsatzsteuer mwst; kollegen kollegium; firma unternehmen betrieb; arzt ärztin; schüler
    schülerinnen lernende; kosten ausgaben; fehler mangel; rechnung faktura
    """,
    "french": """
    salarié employé collaborateur; élève écolier; magasin boutique; erreur faute; entreprise société; camion
    poids-lourd
    """,
    "spanish": """
    empleado trabajador; alumno estudiante; tienda comercio; error fallo; empresa compañía; camarero mesero
    """,
    "italian": """
    dipendente addetto; studente alunno; negozio bottega; errore sbaglio; azienda impresa ditta
    """,
    "portuguese": """
    funcionário colaborador empregado; aluno estudante; loja comércio; erro falha; empresa firma; leitor utente
    """,
    "chinese": """
    用户; 员工 职员 店员; 客户 顾客; 门店 店铺; 每月 每个月 月均; 每年 年均; 每天 每日 日均;
    每周 每星期; 次 回; 人 名 位
    """,
    "japanese": """
    人 名; 社員 従業員; 客 顧客; 売上 売り上げ; 毎月 月間 月; 毎年 年間 年; 毎日 一日 1日 日; 会社 企業; 研修 講習
    """,
    "hindi": """
    रोज़ रोज प्रतिदिन रोज़ाना; लगभग क़रीब करीब; सालाना वार्षिक; छात्र विद्यार्थी; दुकान स्टोर
    """,
}
"""Nouns, adjectives and adverbs."""

BROADER: Final = {
    "english": """
    make: write draft compile build cook; prepare: write draft compile make build; improve: reduce increase; review:
    check inspect proofread; check: review inspect; support: mentor coach; present: demonstrate; conduct: run; hold:
    run; record: post; organise: book plan; people: staff student patient customer resident guest visitor participant
    child volunteer colleague operative driver technician engineer worker cook nurse waiter cashier agent clerk picker
    packer analyst developer; staff: operative driver technician engineer worker cook nurse waiter cashier agent clerk
    picker packer analyst developer apprentice trainee barista cleaner porter; colleague: operative driver technician
    engineer worker cook nurse waiter cashier agent clerk picker packer analyst developer; vehicle: car lorry van bus
    truck tractor; document: report letter contract minutes manual; event: conference workshop seminar concert
    exhibition fair; residence: flat house
    """,
    "german": """
    erstellen: schreiben gestalten entwickeln; verbessern: senken steigern; personen: mitarbeiter kunden schüler
    patienten gäste kinder auszubildende köche fahrer techniker pflegekräfte; mitarbeiter: köche fahrer techniker
    pflegekräfte disponenten verkäufer monteure; kollegen: köche fahrer techniker pflegekräfte disponenten verkäufer
    monteure; fahrzeuge: autos lkw busse transporter; veranstaltungen: konferenzen seminare workshops konzerte messen
    """,
    "french": """
    élaborer: rédiger concevoir; créer: rédiger concevoir élaborer; améliorer: réduire augmenter; personnes: salarié
    élève client patient résident visiteur enfant collègue cuisinier serveur vendeur infirmier technicien; véhicules:
    voiture camion bus; documents: rapport lettre contrat
    """,
    "spanish": """
    preparar: redactar diseñar; crear: redactar diseñar; mejorar: reducir aumentar; personas: empleado alumno cliente
    paciente residente huésped niño compañero cocinero camarero vendedor enfermero técnico; vehículos: coche camión
    autobús; documentos: informe carta contrato
    """,
    "italian": """
    preparare: redigere progettare; creare: redigere progettare; migliorare: ridurre aumentare; persone: dipendente
    studente cliente paziente ospite bambino collega cuoco cameriere infermiere tecnico; veicoli: auto camion autobus
    """,
    "portuguese": """
    preparar: redigir; criar: redigir; melhorar: reduzir aumentar; pessoas: funcionário aluno cliente paciente hóspede
    criança colega cozinheiro enfermeiro técnico; veículos: carro caminhão ônibus
    """,
}
"""What a word takes in: whoever wrote a report prepared one, and not the other way round."""

PHRASES: Final = {
    "english": """
    worked with = collaborated with; working with = collaborating with; took part = participated; deals with = handles;
    sets up = establishes; looks after = cares; worked together with = collaborated with; works together with =
    collaborates with; take part = participate; taking part = participating; takes part = participates; set up =
    established; setting up = establishing; sets up = establishes; carried out = conducted; carry out = conduct;
    carrying out = conducting; looked after = cared; look after = care; looking after = caring; cared for = cared; care
    for = care; caring for = caring; dealt with = handled; deal with = handle; dealing with = handling; brought in =
    introduced; brought down = reduced; bringing down = reducing; jointly with = together with; in cooperation with =
    together with; in collaboration with = together with; on average = average; an average of = average; mother tongue
    = native; native speaker = native; prior to = before; following = after; throughout = across; in order to = to;
    ahead of = before; in advance of = before; subsequent to = after; in the course of = during; over the course of =
    over; with the help of = with; with the aid of = with; with the use of = with; by way of = by; in the field of =
    in; in the area of = in; on call = oncall; stood in for = deputised for; stand in for = deputise for; standing in
    for = deputising for; filled in for = deputised for; rolled out = launched; roll out = launch; rolling out =
    launching; drew up = drafted; draw up = draft; drawing up = drafting; put together = compiled; putting together =
    compiling; got rid of = eliminated; made use of = used; making use of = using; placed orders = ordered; place
    orders = order; placing orders = ordering; gave advice = advised; giving advice = advising; gave training =
    trained; delivered training = trained; provided training = trained; providing training = training; delivering
    training = training; provided support = supported; providing support = supporting; provide support = support; had
    responsibility for = responsible for; with responsibility for = responsible for; by hand = manually; e mail =
    email; rather than = instead; instead of = instead; of them = of which; of those = of which; respond to = answer;
    responded to = answered; responding to = answering; responds to = answers; up from = rose from; down from = fell
    from; up by = rose by; down by = fell by; worth of = of; e mails = emails; in house = inhouse; by means of = by; as
    well as = and; full time = fulltime; part time = parttime; front line = frontline; took on = hired; along with =
    with; using = in; team of = ; shift of = ; total of = ; as part of = in; microsoft excel = excel; ms excel = excel;
    microsoft word = word; microsoft powerpoint = powerpoint; microsoft access = access; microsoft outlook = outlook;
    human resources = hr; quality assurance = qa; intensive care unit = icu; emergency department = ed; continuous
    integration = ci; user interface = ui; application programming interface = api; search engine optimization = seo;
    search engine optimisation = seo; key performance indicators = kpis; warehouse management system = wms; customer
    relationship management = crm; enterprise resource planning = erp; personal protective equipment = ppe; bachelor of
    arts = ba; bachelor of science = bsc; master of science = msc; master of arts = ma; electronic health record = ehr;
    electronic health records = ehrs; first in first out = fifo
    """,
    "german": """
    zuständig für = verantwortlich; verantwortlich für = verantwortlich; gemeinsam mit = zusammen mit; in
    zusammenarbeit mit = zusammen mit; bis hin zu = bis; im durchschnitt = durchschnittlich; im schnitt =
    durchschnittlich
    """,
    "french": """
    ainsi que = et; langue maternelle = natif; en collaboration avec = ensemble avec; de concert avec = ensemble
    avec; aux côtés du =
    ensemble avec; aux côtés de = ensemble avec; ressources humaines = rh; en moyenne = moyenne
    """,
    "spanish": """
    así como = y; lengua materna = nativo; lenguas maternas = nativo; doy clase = imparto clase; di clase = impartí
    clase; junto a = junto con; en colaboración con = junto con;
    recursos humanos = rrhh; rr hh = rrhh; de media = promedio; en promedio = promedio
    """,
    "italian": """
    nonché = e; insieme con = insieme a; in collaborazione con = insieme a; in media = mediamente
    """,
    "portuguese": """
    bem como = e; assim como = e; juntamente com = junto com; em conjunto com = junto com; em média = média
    """,
}
"""Phrases and the words that they are read as."""

DUTIES: Final = {
    "english": """
    responsible for; in charge of; accountable for; duties included; tasked with
    """,
    "german": "aufgaben waren",
    "french": "chargé de; chargée de; responsable de",
    "spanish": "encargado de; encargada de; responsable de",
    "italian": """
    responsabile di; responsabile della; responsabile del; addetto a; addetta a
    """,
    "portuguese": """
    responsável por; responsável pela; responsável pelo; encarregado de; encarregada de
    """,
}
"""With these a line begins a duty, and a text may name what was done without them. Never the other way round."""
