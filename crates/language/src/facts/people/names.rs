//! What a given name tells of a pronoun: "Moira picked up: he is in hospital" is not about Moira.
//!
//! Common names of six languages; a name that both bear, or that is not here, tells nothing. Must
//! not: be used for anything but to choose among people whom a pronoun may mean.

use std::sync::LazyLock;

use crate::word_table::WordSet;

/// What a pronoun or a name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::facts) enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

const MALE: &str = "adam adrian aidan alain alan alastair albert alec alejandro alessandro alex alexander \
    alexandre alfred alfredo alistair alvaro ambroise anders andre andrea andreas andrew andy \
    angus anthony antoine anton antonio arend armand arnaud arno arthur axel barry bart \
    bastiaan bastien ben benjamin benoit bernard bernd bernhard bert bertrand bill bjorn bob \
    boris bram brendan brian bruce bruno carl carlo carlos cedric charles charlie chris \
    christian christoph christophe christopher chuck clement clive colin colm craig curtis \
    cyril dan daniel daniele danny dario darren dave david davide dean denis dennis derek \
    detlef dick didier diego dieter dirk dominic dominik don donal doug duncan dwight eamon \
    ed eddie eduardo edward emil emile emilio emmanuel enrico eric erich erik ernst etienne \
    eugenio fabian fabien fabio fabrizio federico felix ferdinand fergal fernando filippo \
    finn florian francesco francis francisco francois frank franz fred frederic frederik \
    friedrich frits fritz gabriel gareth gary gaspard gavin geoff geoffrey georg george \
    georges gerard gerd gerhard gernot gert giacomo giancarlo gianluca giorgio giovanni \
    giulio giuseppe glenn gordon graham greg gregor gregory guido guillaume gunter gustav guy \
    hank hannes hans harald harold harry hector heiner heinrich heinz helmut hendrik henk \
    henri henrik henry herbert hermann herve holger howard hugh hugo iain ian ignacio igor \
    imran ingo ivan ivo jack jacob jacques jaime jake jakob james jan jared jason javier jay \
    jeff jens jeremy jerome jerry jesus jim jimmy joachim joao joaquin jochen joe joel joerg \
    johan johann johannes john johnny jon jonas jonathan joost jordi jorg jorge jose josef \
    joseph josh joshua juan julian julien julio jurgen justin kai karl karsten keith kenneth \
    kevin kieran klaus konrad kurt kyle lars laurent laurie lee leo leon leonard leonardo \
    liam lionel lorenzo louis luc luca lucas ludovic luigi luis lukas luke lutz maarten \
    magnus malcolm manfred manuel marc marcel marco marcus mario marius mark marko markus \
    martijn martin massimo mathieu mats matt matteo matthew matthias maurice mauro max maxime \
    michael michel michele miguel mike mikkel mohamed moritz nathan neil nicholas nick nicola \
    nicolas niels nigel nils noah noel norbert norman olaf ole oliver olivier oscar otto \
    owain owen pablo paco paolo pascal patrick patrik paul pedro per pete peter phil philip \
    philipp philippe pierre pieter quentin rafael rainer ralf ralph ramon randy raoul raphael \
    ray raymond reinhard remi renato rene riccardo richard rinaldo rob robert roberto robin \
    rodney roger roland rolf romain roman ron ronald rory ross roy rudi rudolf ruediger \
    rupert russell ruud ryan salvatore sam samir samuel santiago scott sean sebastian \
    sebastien sergio seth shane shaun silvio simon simone sjoerd stan stefan stefano steffen \
    stephan stephane stephen steve steven stijn stu stuart sven sylvain ted teo terry theo \
    thibault thierry thijs thomas thorsten tim timo timothy tobias todd tom tomas tommy tony \
    torsten trevor tristan ulf ulrich umberto urs uwe valentin vernon victor vince vincent \
    vincenzo volker walt walter warren werner wes wilfried wilhelm willem william wim \
    winfried wolfgang wouter xavier yann yannick yves";

const FEMALE: &str = "abigail adele agathe agnes agnieszka aileen aisling alice aline alison alyssa amanda \
    amelie amy ana andreia angela angelique anita anja anke ann anna anne annegret anneke \
    annelies annette annika antje antonella aoife astrid aude audrey aurelie barbara beate \
    beatrice beatriz becky begona bernadette beth bettina betty bianca birgit birgitte brenda \
    bridget brigitte camille carla carmen carol carole caroline catalina caterina catherine \
    cathy cecile celia celine charlotte chiara chloe christa christel christiane christina \
    christine claire clara claudia claudine clemence colette concha corinna corinne cornelia \
    cristina dagmar daniela danielle daphne debbie deborah delphine denise diana diane \
    dominique dora doris dorothea dorothee edith elaine eleanor elena eleonora elisa \
    elisabeth elise elizabeth elke ellen elodie els elsa emer emilie emily emma erica erika \
    estelle esther eva evelyn fabienne fanny fatima federica felicity femke fiona florence \
    franca francesca francoise frauke frederique freya gabriela gabriele gabriella genevieve \
    gerda gertrud ghislaine gillian gina gisela giulia gloria greta gudrun gwen hanna hannah \
    hanneke heather hedwig heidi heike helen helena helene helga henriette hilary hilde \
    hildegard hortense ida ilaria ilka ilona ilse imogen ina ines inga inge ingeborg ingrid \
    inma irene irina iris isabel isabella isabelle ivonne jackie jacqueline jana jane janet \
    janice jasmin jeanne jennifer jenny jessica jill joan joanna joanne johanna josephine joy \
    joyce judith julia juliane julie justine jutta karen karin karina karla kate katharina \
    katherine kathleen kathrin kathy katja katrin kay kelli kelly kerstin kim kirsten klara \
    kristin kristina lara laura laure laurence lea leila lena leonie liane lidia lieke \
    liesbeth lilian linda lisa livia loredana lorena louise lucia luciana lucie lucy luisa \
    lydia lynn lynne mabel madeleine maeve magali maggie manon manuela mara margaret \
    margarita margaux margherita margot margrit maria mariam marian marianne maribel marie \
    marieke marina marion marjolein marjorie marleen marlene marloes marta martha martina \
    martine mary maryvonne marzia mathilde maud maureen mechthild megan melanie melissa \
    mercedes meret mette mia michaela micheline michelle miranda mireille miriam moira monica \
    monika monique nadege nadia nadine nancy naomi natalia natalie natasha nathalie nicole \
    nina nora nuala nuria odile olga olivia orla ornella ottavia paola patricia patrizia \
    paula paulette pauline petra philippa phoebe pilar priscilla rachel rachele raffaella \
    ramona rebecca regina regine renata renate rita roberta ros rosa rosalia rose roswitha \
    ruth sabina sabine sabrina sally samantha sandra sandrine sanne sara sarah saskia \
    severine sharon sheila shira shona sigrid silke silvia simona sinead siobhan sofia sofie \
    solange solene sonia sonja sophia sophie stefania stefanie stella stephanie sue sunita \
    susan susana susanna susanne suzanne svetlana sylvia sylvie tamara tamsin tanja tanya \
    tatiana teresa tessa theresa therese tina tracey tracy trish ulrike ursula ute valentina \
    valeria valerie vanessa vera verena verity veronica veronika veronique victoria viola \
    violet virginie vivian waltraud wendy yasmin yolanda yvette yvonne zoe";

static MALE_NAMES: LazyLock<WordSet> = LazyLock::new(|| MALE.split_whitespace().collect());
static FEMALE_NAMES: LazyLock<WordSet> = LazyLock::new(|| FEMALE.split_whitespace().collect());

/// What a folded given name tells.
pub(super) fn gender(given: &str) -> Option<Gender> {
    match (MALE_NAMES.contains(given), FEMALE_NAMES.contains(given)) {
        (true, _) => Some(Gender::Male),
        (_, true) => Some(Gender::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_both_bear_tell_nothing() {
        assert_eq!(gender("moira"), Some(Gender::Female));
        assert_eq!(gender("wouter"), Some(Gender::Male));
        assert_eq!(gender("jean"), None);
    }
}
