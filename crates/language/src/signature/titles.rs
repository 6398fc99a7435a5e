//! Words of titles and positions in thirteen languages.
//!
//! German, Dutch, Scandinavian and Finnish titles are compounds, so many are known by their ends.
//!
//! Must not: judge a line; see [`super::title`].

use std::sync::LazyLock;

use crate::dates::tokens::{Kind, Token, word_set};
use crate::word_table::WordSet;

/// Words that name a position.
const TITLES: &str = "manager director directors head lead leader chief officer president vp svp evp avp ceo cfo cto coo cio cmo \
    cro cpo ciso cso chro gm md partner founder cofounder owner proprietor principal consultant engineer architect analyst specialist \
    assistant coordinator administrator buyer purchaser executive supervisor secretary controller accountant treasurer \
    counsel attorney lawyer solicitor advisor adviser strategist designer developer scientist technician planner \
    representative associate trader recruiter editor chairman chairwoman chairperson chair superintendent operator \
    bursar provost dean registrar headteacher headmaster headmistress librarian curator warden matron trustee governor \
    chancellor rector surgeon pharmacist clerk commissioner mayor captain dispatcher harbourmaster postmaster \
    brewer winemaker grower teamlead vicepresident deputy merchandiser postholder fundraiser \
    bürgermeister bürgermeisterin kämmerer kämmerin rektor rektorin dekan dekanin disponent disponentin meister chefarzt \
    oberarzt obmann verwalter verwalterin sekretär sekretärin kassier vorarbeiter bauleiter gemeindeschreiber \
    intendant intendante économe maire proviseur trésorier trésorière chargé régisseur \
    alcalde alcaldesa tesorero tesorera secretaria cto apoderado \
    sindaco preside tesoriere segretaria procuratore \
    penningmeester wethouder burgemeester directrice rector beheerder coördinator beleidsmedewerker \
    kanslichef rektor ekonomichef direktör direktor borgmester \
    expert agent broker auditor researcher professor lecturer scheduler estimator foreman inspector paralegal \
    leiter leiterin leitung geschäftsführer geschäftsführerin geschäftsführung geschäftsleitung vorstand vorständin \
    vorstandsvorsitzender vorsitzende vorsitzender prokurist prokuristin referent referentin sachbearbeiter sachbearbeiterin einkäufer \
    einkäuferin berater beraterin assistent assistentin assistenz inhaber inhaberin ingenieur ingenieurin gesellschafter \
    beauftragter beauftragte koordinator koordinatorin verkäufer architektin direktor direktorin teamleiterin \
    directeur directrice responsable chef cheffe président présidente gérant gérante adjoint adjointe chargé chargée ingénieur \
    ingénieure acheteur acheteuse conseiller conseillère associé associée assistante pdg dg daf dsi drh attaché gestionnaire \
    délégué dirigeant dirigeante fondateur fondatrice \
    directora jefe jefa gerente presidente presidenta consejero consejera encargado encargada comprador compradora \
    socio socia técnico técnica asesor asesora administrador administradora coordinador coordinadora subdirector subdirectora \
    ingeniero ingeniera abogado abogada propietario fundador fundadora ejecutivo ejecutiva analista especialista \
    direttore direttrice responsabile capo amministratore amministratrice titolare addetto addetta consulente ingegnere \
    direttrice segretario segretaria impiegato referente buyer presidente fondatore \
    hoofd inkoper adviseur eigenaar bestuurder medewerker bedrijfsleider projectleider teamleider zaakvoerder vennoot \
    voorzitter secretaris directielid consultant \
    diretor diretora chefe responsável sócio sócia coordenador coordenadora comprador engenheiro engenheira gestor gestora \
    presidente consultor consultora administrador \
    vd ansvarig ägare säljare inköpare konsult rådgivare ordförande verkställande handläggare samordnare grundare delägare \
    direktør leder sjef ejer eier indkøber innkjøper konsulent rådgiver sælger selger ansvarlig medarbejder partner \
    stifter formand prosjektleder projektleder \
    johtaja päällikkö asiantuntija ostaja toimitusjohtaja esimies konsultti omistaja sihteeri koordinaattori vastaava yrittäjä \
    dyrektor dyrektorka kierownik kierowniczka prezes specjalista specjalistka właściciel właścicielka menedżer menadżer \
    kupiec doradca konsultant asystent asystentka inżynier wiceprezes pełnomocnik członek \
    директор руководитель начальник менеджер специалист заместитель инженер консультант бухгалтер \
    президент владелец основатель координатор помощник закупщик глава партнер партнёр аналитик юрист ";

/// Departments, which some people write where others write their position.
const DEPARTMENTS: &str = "purchasing procurement operations finance logistics sales marketing hr engineering facilities legal quality \
    production planning accounts compliance training maintenance administration sourcing recruitment admissions \
    einkauf vertrieb technik produktion logistik personal personalwesen finanzen buchhaltung verwaltung qualität \
    qualitätsmanagement entwicklung instandhaltung arbeitsvorbereitung konstruktion disposition \
    achats logistique finances comptabilité qualité maintenance compras finanzas recambios logística calidad \
    mantenimiento acquisti amministrazione logistica manutenzione inkoop logistiek financiën planning verkoop \
    inköp ekonomi indkøb innkjøp økonomi zakupy";

/// Words that may stand beside a department.
const BESIDE_DEPARTMENT: &str = "and und et y e en og och of the group global supply chain department abteilung team central zentraler \
    human resources general technischer strategischer service services it";

/// Ends of compounds that name a position.
const ENDS: [&str; 29] = [
    "leiter",
    "leiterin",
    "leitung",
    "fuhrer",
    "fuhrerin",
    "manager",
    "managerin",
    "direktor",
    "direktorin",
    "ingenieur",
    "ingenieurin",
    "berater",
    "beraterin",
    "referent",
    "referentin",
    "assistent",
    "assistentin",
    "koordinator",
    "einkaufer",
    "chef",
    "sjef",
    "ansvarig",
    "ansvarlig",
    "konsulent",
    "medewerker",
    "adviseur",
    "johtaja",
    "paallikko",
    "vorstand",
];

static TITLE_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set(TITLES));

static DEPARTMENT_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set(DEPARTMENTS));
static BESIDE_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set(BESIDE_DEPARTMENT));

/// Whether words name a department and nothing else.
pub(super) fn is_department(words: &[&Token]) -> bool {
    let known = |word: &&&Token| DEPARTMENT_WORDS.contains(&word.folded);
    let fits = |word: &&Token| known(&word) || BESIDE_WORDS.contains(&word.folded);
    let supply_chain = words.len() == 2
        && words.first().is_some_and(|w| w.is("supply") || w.is("human"))
        && words.last().is_some_and(|w| w.is("chain") || w.is("resources"));
    (1..=5).contains(&words.len())
        && (supply_chain || words.iter().any(|word| known(&word)))
        && words.iter().all(fits)
        && words.first().is_some_and(|word| word.capital)
}

/// How many letters a compound has beside its end.
const COMPOUND_CHARS_MIN: usize = 3;

/// Whether a word names a position.
pub(crate) fn is_title_word(token: &Token) -> bool {
    if token.kind != Kind::Word {
        return false;
    }
    is_title_name(token.folded.as_str())
}

/// The same for a folded word.
pub(crate) fn is_title_name(word: &str) -> bool {
    TITLE_WORDS.contains(word)
        || ENDS.iter().any(|end| {
            word.strip_suffix(end).is_some_and(|rest| rest.chars().count() >= COMPOUND_CHARS_MIN)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::tokens::tokens;

    fn check(line: &str, expected: bool) {
        assert_eq!(tokens(line).iter().any(is_title_word), expected, "{line}");
    }

    #[test]
    fn knows_positions() {
        for line in [
            "Leiterin Einkauf",
            "Vertriebsleiterin",
            "Head of Operations",
            "Directeur commercial",
            "Responsable de Compras",
            "Responsabile acquisti",
            "Hoofd inkoop",
            "VP Sales",
            "Geschäftsführer",
            "Inköpschef",
            "Økonomidirektør",
            "Hankintapäällikkö",
            "Kierownik zakupów",
            "Генеральный директор",
            "Diretora de Compras",
        ] {
            check(line, true);
        }
        check("Kiel, Am Hafen 12", false);
        check("Anna Manag", false);
    }
}
