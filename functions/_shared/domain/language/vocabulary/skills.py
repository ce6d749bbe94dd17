"""Skills, tools and qualifications that a text can claim, with their other names.

Parted by ``;``, their names by ``|``; a name after ``~`` bears the claim out and makes none. Names in the ``case`` part
are ordinary words, too, and count only as written. The list need not be complete: what looks like the name of a
technology is taken for one without it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ANY_CASE: Final = """
Python; Java; JavaScript | JS | ECMAScript; TypeScript; C++ | CPP; C# | CSharp; .NET | dotnet; PHP; Kotlin;
Scala; Perl; Haskell; Elixir; Erlang; Clojure; MATLAB; Fortran; COBOL; Objective-C; SQL; NoSQL; HTML | HTML5;
CSS | CSS3; Sass | SCSS; XML; JSON; YAML; GraphQL; REST API | RESTful | REST APIs; gRPC; SOAP;
WebSocket | WebSockets; Node.js | NodeJS; React | React.js | ReactJS; React Native; Next.js | NextJS;
Vue.js | VueJS; Angular | AngularJS; Svelte; jQuery; Redux; Tailwind; Bootstrap; Webpack; Django; FastAPI;
Ruby on Rails | Rails; Laravel; Symfony; Spring Boot; Hibernate; PostgreSQL | Postgres; MySQL; MariaDB; SQLite;
SQL Server | MSSQL | T-SQL; PL/SQL; MongoDB; DynamoDB; Cassandra; CouchDB; Neo4j; Redis; Memcached;
Elasticsearch | Elastic Search; OpenSearch; Kafka | Apache Kafka; RabbitMQ; Airflow; Hadoop; PySpark; BigQuery;
Redshift; Databricks; dbt; ETL; Data warehousing | data warehouse; Data modeling | data modelling;
Data analysis | data analytics; Data science; Data engineering; Data visualization | data visualisation;
Machine learning | ML; Deep learning; Artificial intelligence | AI; Natural language processing | NLP;
Computer vision; Large language models | LLM | LLMs; Generative AI | GenAI; TensorFlow; PyTorch; Keras;
scikit-learn | sklearn; pandas; NumPy; Jupyter; OpenCV; Power BI | PowerBI; Looker Studio | Data Studio;
Google Analytics | GA4; SPSS; Stata; AWS | Amazon Web Services; Azure | Microsoft Azure;
Google Cloud | GCP | Google Cloud Platform; Heroku; Cloudflare; Supabase; Firebase; Lambda; EC2; S3; Docker;
Kubernetes | K8s; Terraform; Ansible; Jenkins; GitHub Actions; GitLab CI; CircleCI;
CI/CD | continuous integration | continuous delivery | continuous deployment; DevOps; Prometheus; Grafana;
Datadog; Splunk; New Relic; Linux; Unix; Bash; PowerShell; Nginx; Git; Subversion | SVN; Microservices;
Serverless; Event-driven architecture; Distributed systems; System design; Test-driven development | TDD;
Unit testing; Selenium; Playwright; Agile; Scrum; Kanban; JIRA; Confluence; Waterfall; Six Sigma;
Lean manufacturing; PRINCE2; Cybersecurity | cyber security | information security;
Penetration testing | pentesting; OAuth | OAuth2; SAML; PCI DSS; GDPR; HIPAA; SOC 2; ISO 27001; ISO 9001;
Blockchain; Solidity; Arduino; Verilog; VHDL; AutoCAD; SolidWorks; Revit; CNC; PLC; SCADA; Figma;
Photoshop | Adobe Photoshop; Illustrator | Adobe Illustrator; InDesign; After Effects; Premiere Pro;
Adobe Creative Suite | Creative Cloud; UX design | user experience design; UI design | user interface design;
User research; Wireframing | wireframes; Usability testing; Graphic design; WordPress; Shopify; Magento;
SEO | search engine optimization | search engine optimisation; SEM | search engine marketing;
PPC | pay-per-click; Google Ads | AdWords; Meta Ads | Facebook Ads; Social media marketing; Content marketing;
Email marketing; Marketing automation; Performance marketing; Copywriting; Market research; Brand management;
A/B testing | split testing; HubSpot; Salesforce; Mailchimp; Marketo; CRM | customer relationship management;
Lead generation; Cold calling; Account management; Business development;
Financial modeling | financial modelling; Financial analysis; Financial reporting; Forecasting; Budgeting;
Bookkeeping; Auditing; Taxation; Accounts payable; Accounts receivable; Payroll; QuickBooks; Xero; SAP;
NetSuite; IFRS; GAAP; Risk management; Supply chain | supply chain management; Procurement;
Inventory management; Logistics; Project management; Product management;
Program management | programme management; Change management; Stakeholder management; Vendor management;
Operations management; Process improvement; Strategic planning; Talent acquisition; Recruiting | recruitment;
Onboarding; Employee relations; Performance management; Microsoft Office | MS Office;
Microsoft Excel | MS Excel | ~Excel; PowerPoint; Google Sheets; Patient care; Telemetry; Triage; Intensive care | ICU;
Site reliability engineering | SRE; Phlebotomy; Ventilator management | mechanical ventilation;
Hemodynamic monitoring | haemodynamic monitoring; CRRT; ECMO; IABP; Electronic health records | EHR | EMR;
Medication administration; Wound care; Infection control; Lesson planning; Curriculum development;
Classroom management; Technical writing; Public speaking; Copyediting | copy editing; Translation;
Transcription; Photography; Video editing; Data entry; Customer service; Customer success; Technical support;
Troubleshooting; Negotiation; Conflict resolution; Problem solving | problem-solving; Critical thinking;
Time management; Team building; Teamwork; Leadership; Communication; Collaboration; Mentoring | mentorship;
Coaching; Decision making; Creativity; Adaptability; Attention to detail; Multitasking; Interpersonal skills;
Analytical skills; Organizational skills | organisational skills
"""

_CASE: Final = """
Go | Golang; R; C; Rust; Ruby; Swift; Dart; Julia; Lua; Spark | Apache Spark; Hive; Flink; Beam; Storm; Flask;
Spring; Express | Express.js; Vue; Ember; Unity; Unreal; Excel; Word; Access; Outlook; Teams; Slack; Notion;
Asana; Trello; Sketch; Canva; Tableau; Looker; Snowflake; Segment; Oracle; Chef; Puppet; Helm; Vault; Consul;
Jest; Cypress; Stripe; Epic; Cerner; Pyxis; Lean; REST
"""

_QUALIFICATIONS: Final = """
PhD | Ph.D. | Ph.D | doctorate | doctoral; MBA;
Master's degree | Master of Science | Master of Arts | MSc | M.Sc. | M.Sc | ~Master | ~M.Tech | ~M.Eng;
Bachelor's degree | Bachelor of Science | Bachelor of Arts | BSc | B.Sc. | B.Sc | BSN | ~Bachelor |
~B.Com | ~B.Tech | ~B.A | ~B.S | ~B.Eng;
CPA; CFA; PMP | Project Management Professional; CISSP; CCNA; CISA;
ACLS | Advanced Cardiovascular Life Support; BLS | Basic Life Support; CCRN; RN | Registered Nurse;
Scrum Master
"""


@lru_cache(maxsize=1)
def skills() -> dict[str, tuple[str, ...]]:
    """Give each name of a skill, in lower case, and all names of the same skill, the usual one first."""
    return _table(_ANY_CASE, fold_case=True)


@lru_cache(maxsize=1)
def case_skills() -> dict[str, tuple[str, ...]]:
    """Give the same for names that are ordinary words, as they are written."""
    return _table(_CASE, fold_case=False)


@lru_cache(maxsize=1)
def qualifications() -> dict[str, tuple[str, ...]]:
    """Give the same as `skills` for degrees and certificates."""
    return _table(_QUALIFICATIONS, fold_case=True)


def _table(lines: str, *, fold_case: bool) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in lines.split(";"):
        listed = [name.strip() for name in entry.split("|")]
        names = tuple(name.removeprefix("~") for name in listed)
        table.update({name.casefold() if fold_case else name: names for name in listed if name[0] != "~"})
    return table
