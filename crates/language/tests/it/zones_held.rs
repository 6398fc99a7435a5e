//! Messages written before the reader of zones, so that they judge it.

/// Name, writer, and the lines: each begins with `n`, `q` or `s` for its zone and a bar.
pub(crate) const MESSAGES: &[(&str, &str, &str)] = &[
    (
        "english gmail",
        "Hannah Whitlock <hannah@greyfell.example>",
        "n|Thanks Piet, the revised scope works for us. Could you add the training days as an option?
n|
s|Kind regards,
s|Hannah
n|
q|On Tue, 4 Mar 2025 at 09:12, Piet Aalders <piet@aalders.example> wrote:
q|
q|> Dear Hannah,
q|> here is the scope we talked about.
",
    ),
    (
        "german, outlook block without marks",
        "Jürgen Pfaff <j.pfaff@pfaff-guss.example>",
        "n|Hallo Frau Lind,
n|
n|das Angebot liegt jetzt bei der Geschäftsleitung. Ich melde mich nach dem 15.
n|
s|Mit freundlichen Grüßen
s|Jürgen Pfaff
s|Leiter Technik
s|
s|Pfaff Guss GmbH
s|Am Hafen 12, 24103 Kiel
s|Tel. 0431 555 120
n|
q|Von: Sara Lind <sara@lind.example>
q|Gesendet: Montag, 3. März 2025 14:02
q|An: Jürgen Pfaff
q|Betreff: Angebot 2217
q|
q|Guten Tag Herr Pfaff,
q|anbei das Angebot.
q|
q|Sara Lind
",
    ),
    (
        "french, wrapped",
        "Camille Roche <camille.roche@ateliers-roche.example>",
        "n|Bonjour Paul,
n|
n|Nous préférons attendre la décision du siège.
n|
s|Cordialement,
s|Camille Roche
s|Directrice commerciale
n|
q|Le mar. 11 févr. 2025 à 18:40, Paul Verne (Verne Conseil) <
q|paul@verne-conseil.example> a écrit :
q|
q|> Bonjour Camille,
q|> où en êtes-vous ?
",
    ),
    (
        "spanish",
        "Lucía Ferrer <lferrer@naviera.example>",
        "n|Hola Tom, lo vemos el jueves con compras.
n|
s|Un saludo,
s|Lucía
n|
q|El vie, 7 mar 2025 a las 10:31, Tom Reed (<tom@reed.example>) escribió:
q|
q|> Hola Lucía, ¿alguna novedad?
",
    ),
    (
        "italian, no marks below",
        "Paolo Conti <conti@contimpianti.example>",
        "n|Buongiorno, il budget è stato approvato.
n|
s|Cordiali saluti
s|Paolo Conti
n|
q|Il giorno lun 10 mar 2025 alle ore 08:55 Anna Riva <anna@riva.example> ha scritto:
q|
q|Buongiorno Paolo,
q|ci sono novità sul budget?
",
    ),
    (
        "dutch, name first",
        "Joost Brand <joost@brandbouw.example>",
        "n|Prima, dan spreken we elkaar volgende week.
n|
s|Met vriendelijke groet,
s|Joost Brand
s|Hoofd inkoop
n|
q|Op do 6 mrt. 2025 om 16:20 schreef Els Maas <els@maas.example>:
q|
q|> Dag Joost, heb je al iets gehoord?
",
    ),
    (
        "portuguese, outlook block",
        "Rui Teles <rui.teles@portex.example>",
        "n|Bom dia, ficou decidido avançar em abril.
n|
s|Atenciosamente,
s|Rui Teles
n|
q|De: Marta Nunes <marta@nunes.example>
q|Enviada em: segunda-feira, 10 de março de 2025 11:00
q|Para: Rui Teles <rui.teles@portex.example>
q|Assunto: Proposta
q|
q|Bom dia Rui, alguma novidade?
",
    ),
    (
        "swedish",
        "Karin Öberg <karin@oberg.example>",
        "n|Hej, vi behöver mer tid.
n|
s|Med vänlig hälsning
s|Karin Öberg
n|
q|Den ons 5 mars 2025 kl 13:10 skrev Lars Holm <lars@holm.example>:
q|
q|> Hej Karin, hur går det?
",
    ),
    (
        "danish",
        "Mette Krogh <mette@krogh.example>",
        "n|Hej Bo, det ser fint ud.
n|
s|Venlig hilsen
s|Mette Krogh
n|
q|Den tirs. 4. mar. 2025 kl. 09.05 skrev Bo Friis <bo@friis.example>:
q|
q|> Hej Mette
",
    ),
    (
        "norwegian, device",
        "Ingrid Moen <ingrid@moen.example>",
        "n|Ja, det passer.
n|
s|Sendt fra min iPhone
n|
q|> 4. mars 2025 kl. 15:44 skrev Ola Berg <ola@berg.example>:
q|>
q|> Passer torsdag?
",
    ),
    (
        "finnish",
        "Tiina Laakso <tiina@laakso.example>",
        "n|Hei, päätös siirtyy ensi viikolle.
n|
s|Ystävällisin terveisin
s|Tiina Laakso
n|
q|ti 4. maalisk. 2025 klo 10.22 Mikko Aho (mikko@aho.example) kirjoitti:
q|
q|> Hei Tiina, onko päätös tehty?
",
    ),
    (
        "polish",
        "Ewa Lis <ewa@lis.example>",
        "n|Dzień dobry, wracamy do tematu po świętach.
n|
s|Pozdrawiam
s|Ewa Lis
n|
q|wt., 4 mar 2025 o 12:30 Jan Kos <jan@kos.example> napisał(a):
q|
q|> Dzień dobry, czy jest decyzja?
",
    ),
    (
        "russian",
        "Ольга Лебедева <olga@lebedeva.example>",
        "n|Добрый день! Решение примем на следующей неделе.
n|
s|С уважением,
s|Ольга Лебедева
n|
q|вт, 4 мар. 2025 г. в 11:15, Иван Седов <ivan@sedov.example>:
q|
q|> Добрый день, есть новости?
",
    ),
    (
        "inline answers",
        "Hannah Whitlock <hannah@greyfell.example>",
        "q|On 4 March 2025 at 10:01, Piet Aalders wrote:
q|> Who signs on your side?
n|Our CFO, Dana.
n|
q|> And by when?
n|End of April, if legal is quick.
n|
s|Hannah
",
    ),
    (
        "prose that looks like marks",
        "Hannah Whitlock <hannah@greyfell.example>",
        "n|Hi Piet,
n|
n|On Monday he wrote:
n|we will not extend the contract. I wrote this down for you.
n|From: Berlin
n|To: Munich
n|On 12 May we start. Sent from the office, the parcel should arrive soon.
n|
s|Best,
s|Hannah
",
    ),
    (
        "forward with a comment",
        "Joost Brand <joost@brandbouw.example>",
        "n|Ter info, zie onder. Wat denk jij?
n|
q|---------- Forwarded message ---------
q|Van: Els Maas <els@maas.example>
q|Date: do 6 mrt 2025 om 16:20
q|Subject: Re: offerte
q|To: Joost Brand <joost@brandbouw.example>
q|
q|Beste Joost,
q|de offerte is klaar.
",
    ),
    (
        "list, code and question",
        "Karin Öberg <karin@oberg.example>",
        "n|Three things:
n|
n|- price for 40 seats
n|- start in May
n|- who is our contact?
n|
n|```
n|curl https://api.example/v1
n|```
n|Can you answer by Friday?
",
    ),
    (
        "delimiter and disclaimer",
        "Rui Teles <rui.teles@portex.example>",
        "n|The contract is signed.
n|
s|-- 
s|Rui Teles | Procurement Lead
s|Portex S.A.
s|
s|This e-mail and any attachment are confidential and intended solely for the addressee. If you received it in error, please delete it and tell the sender.
",
    ),
    (
        "signature without anything before the name",
        "Dana Pruitt <dana.pruitt@greyfell.example>",
        "n|We will not go ahead this year. The board has frozen all new projects until January.
n|
s|Dana Pruitt
s|Chief Financial Officer
s|Greyfell Holdings Ltd
s|T +44 20 7946 0011 | M +44 7700 900123
s|www.greyfell.example
",
    ),
    (
        "postscript",
        "Dana Pruitt <dana.pruitt@greyfell.example>",
        "n|See you on Tuesday.
n|
s|Best wishes
s|Dana
n|
n|P.S. Bring the drawings, please.
",
    ),
    (
        "outlook web, line and block",
        "Jürgen Pfaff <j.pfaff@pfaff-guss.example>",
        "n|Passt, danke.
n|
s|Outlook für Android herunterladen
q|________________________________
q|From: Sara Lind <sara@lind.example>
q|Sent: Monday, March 3, 2025 2:02:11 PM
q|To: Jürgen Pfaff <j.pfaff@pfaff-guss.example>
q|Subject: Termin
q|
q|Passt Mittwoch?
",
    ),
    (
        "bottom posting",
        "Bo Friis <bo@friis.example>",
        "q|Mette Krogh <mette@krogh.example> writes:
q|
q|> Shall we move the workshop?
q|
n|Yes, to the week after Easter.
n|
s|/Bo
",
    ),
    (
        "label lines of a form",
        "Web form <form@site.example>",
        "n|Name: Jana Mertens
n|E-mail: jana@mertens.example
n|Phone: 030 1234567
n|Date: 12.05.2025 10:00
n|Message: Please call me back.
",
    ),
    (
        "bold labels from html",
        "Camille Roche <camille.roche@ateliers-roche.example>",
        "n|C'est d'accord pour nous.
n|
q|*De :* Paul Verne <paul@verne-conseil.example>
q|*Envoyé :* lundi 10 mars 2025 09:12
q|*À :* Camille Roche
q|*Cc :* Achats
q|*Objet :* Votre accord
q|
q|Bonjour Camille, êtes-vous d'accord ?
",
    ),
];
