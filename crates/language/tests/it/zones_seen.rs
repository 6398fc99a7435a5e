//! Messages written while the reader of zones was made.

/// Name, writer, and the lines: each begins with `n`, `q` or `s` for its zone and a bar.
pub(crate) const MESSAGES: &[(&str, &str, &str)] = &[
    (
        "gmail in html: quote marked, introduction in the quote",
        "Nadia Brandt <nadia.brandt@brandt-optik.example>",
        "n|Hi Tom,
n|
n|Thursday at ten is fine.
n|
s|Nadia
n|
q|> Am Mi., 12. Feb. 2025 um 15:10 Uhr schrieb Tom Reed <tom@reed.example>:
q|>
q|> Hi Nadia, Thursday?
",
    ),
    (
        "apple mail, forwarded",
        "Nadia Brandt <nadia.brandt@brandt-optik.example>",
        "n|Für dich, Tom. Was meinst du dazu?
n|
s|LG Nadia
n|
q|Anfang der weitergeleiteten Nachricht:
q|
q|Von: Uwe Kern <uwe@kern.example>
q|Betreff: Ausschreibung
q|Datum: 12. Februar 2025 um 09:15:22 MEZ
q|An: Nadia Brandt <nadia.brandt@brandt-optik.example>
q|
q|Hallo Nadia, anbei die Unterlagen.
q|
q|Gruß Uwe
",
    ),
    (
        "no words before a forward",
        "Nadia Brandt <nadia.brandt@brandt-optik.example>",
        "q|-------- Weitergeleitete Nachricht --------
q|Betreff: Ausschreibung
q|Datum: Wed, 12 Feb 2025 09:15:22 +0100
q|Von: Uwe Kern <uwe@kern.example>
q|An: Nadia Brandt <nadia.brandt@brandt-optik.example>
q|
q|Hallo Nadia, anbei die Unterlagen.
",
    ),
    (
        "head of one's own mail above one's own words",
        "Nadia Brandt <nadia.brandt@brandt-optik.example>",
        "q|From: Nadia Brandt <nadia.brandt@brandt-optik.example>
q|To: Tom Reed <tom@reed.example>
q|Subject: Minutes
q|
n|Tom, these are the minutes.
",
    ),
    (
        "whole mail unmarked below an introduction",
        "Tom Reed <tom@reed.example>",
        "q|On 12 Feb 2025, at 09:15, Nadia Brandt <nadia.brandt@brandt-optik.example> wrote:
n|
n|This is all there is, and it may be mine.
",
    ),
    (
        "hungarian labels",
        "Gábor Tóth <gabor@toth.example>",
        "n|Rendben, köszönöm.
n|
q|Feladó: Anna Kiss <anna@kiss.example>
q|Elküldve: 2025. február 12., szerda 9:15
q|Címzett: Gábor Tóth <gabor@toth.example>
q|Tárgy: Ajánlat
q|
q|Kedves Gábor! Itt az ajánlat.
",
    ),
    (
        "japanese",
        "佐藤花子 <sato@x.example>",
        "n|承知しました。
n|
q|2025年2月12日(水) 9:15 山田太郎 <yamada@y.example>:
q|
q|> よろしくお願いします。
",
    ),
    (
        "date with dots and no verb, swiss",
        "Reto Frei <reto@frei.example>",
        "n|Guten Tag Herr Reed, wir melden uns.
n|
s|Freundliche Grüsse
s|Reto Frei
s|Leiter Beschaffung
s|Frei Metallbau AG
s|Tel +41 44 555 01 20
n|
q|12.02.2025 09:15, Tom Reed:
q|> Guten Tag Herr Frei
",
    ),
    (
        "spanish outlook on a phone",
        "Lucía Ferrer <lferrer@naviera.example>",
        "n|De acuerdo, lo firmamos esta semana.
n|
s|Enviado desde mi iPhone
n|
q|El 12 feb 2025, a las 9:15, Tom Reed <tom@reed.example> escribió:
q|
q|Hola Lucía, ¿qué tal va la firma?
",
    ),
    (
        "portuguese, thanks closes",
        "Rui Teles <rui.teles@portex.example>",
        "n|Podemos falar na quinta-feira.
n|
s|Obrigado,
s|Rui
n|
q|Tom Reed <tom@reed.example> escreveu no dia quarta, 12/02/2025 à(s) 09:15:
q|
q|> Quando podemos falar?
",
    ),
    (
        "italian, formal block",
        "Giulia Serra <g.serra@serralegno.example>",
        "n|Gentile Tom,
n|la riunione è spostata al 3 marzo.
n|
s|Distinti saluti,
s|
s|Giulia Serra
s|Responsabile acquisti
s|Serra Legno S.r.l.
s|Via Roma 12 - 38122 Trento
s|Tel. +39 0461 555012
s|
s|Le informazioni contenute in questo messaggio sono riservate e per uso esclusivo del destinatario.
",
    ),
    (
        "dutch, device after the name",
        "Els Maas <els@maas.example>",
        "n|Ik bel je morgen.
n|
s|Groetjes,
s|Els
s|
s|Verstuurd vanaf mijn iPhone
n|
q|> Op 12 feb. 2025 om 09:15 heeft Joost Brand <joost@brandbouw.example> het volgende geschreven:
q|>
q|> Kun je bellen?
",
    ),
    (
        "polish outlook",
        "Marek Wrona <marek@wrona.example>",
        "n|Dzień dobry,
n|proszę o fakturę.
n|
s|Z poważaniem
s|Marek Wrona
s|Kierownik działu zakupów
n|
q|From: Jan Kos <jan@kos.example>
q|Sent: Wednesday, February 12, 2025 9:15 AM
q|To: Marek Wrona
q|Subject: Faktura
q|
q|Dzień dobry, czy mogę wysłać fakturę?
",
    ),
    (
        "russian outlook",
        "Ольга Лебедева <olga@lebedeva.example>",
        "n|Добрый день, договор подписан.
n|
s|С уважением,
s|Ольга Лебедева
s|Руководитель отдела закупок
s|тел. +7 495 555-01-20
n|
q|От: Иван Седов [mailto:ivan@sedov.example]
q|Отправлено: среда, 12 февраля 2025 г. 9:15
q|Кому: Ольга Лебедева
q|Тема: Договор
q|
q|Добрый день! Есть новости?
",
    ),
    (
        "finnish outlook",
        "Tiina Laakso <tiina@laakso.example>",
        "n|Sopii hyvin.
n|
s|Terveisin
s|Tiina
n|
q|Lähettäjä: Mikko Aho <mikko@aho.example>
q|Lähetetty: keskiviikko 12. helmikuuta 2025 9.15
q|Vastaanottaja: Tiina Laakso
q|Aihe: Tapaaminen
q|
q|Hei, sopiiko torstai?
",
    ),
    (
        "several signatures at the end",
        "John Abara <john.abara@abara.example>",
        "n|Thanks for your help, it works now!
n|
s|Best regards,
s|John
s|
s|-- 
s|John Abara
s|Senior Developer
s|Abara Systems Ltd
s|
s|Sent from my iPad
",
    ),
    (
        "one line with bars",
        "Maria Holm <maria.holm@nordlys.example>",
        "n|The order is on its way. Please confirm the delivery address for the second half.
n|
s|Maria Holm | Indkøbschef | Nordlys ApS | +45 55 50 12 34 | maria.holm@nordlys.example
",
    ),
    (
        "numbers that are content",
        "Ben Okafor <ben@okafor.example>",
        "n|Hi Ann,
n|
n|while I am away, please call:
n|Rita Sands, 020 7946 0123
n|Marc Olle, 020 7946 0124
n|
n|or write to support@okafor.example
",
    ),
    (
        "a list of people is content",
        "Ben Okafor <ben@okafor.example>",
        "n|These people will join the workshop:
n|
n|Rita Sands
n|Marc Olle
n|Dana Pruitt
n|
n|Can you send them the agenda?
",
    ),
    (
        "only thanks",
        "Ben Okafor <ben@okafor.example>",
        "n|Got it. Will do.
n|
n|Thanks!
",
    ),
    (
        "nothing but thanks and the name",
        "Ben Okafor <ben@okafor.example>",
        "n|Thanks
s|Ben
",
    ),
    (
        "footer of a list",
        "Ben Okafor <ben@okafor.example>",
        "n|I would take the second one.
n|
s|Ben
s|
s|_______________________________________________
s|Builders mailing list
s|builders@lists.example
s|https://lists.example/mailman/listinfo/builders
",
    ),
    (
        "answer between paragraphs, wrapped quotes",
        "Ben Okafor <ben@okafor.example>",
        "q|Ann Lee wrote on 12/02/2025 09:15:
q|> We would like to know whether the second phase can start before the
q|summer, or not
q|> at all.
n|Before the summer.
n|
q|> Price?
n|As agreed.
",
    ),
    (
        "a sentence about writing",
        "Ben Okafor <ben@okafor.example>",
        "n|Hello Ann,
n|
n|as Dana wrote on 12 February 2025 at 9:15 to dana@pruitt.example:
n|the contract ends in May. What she wrote:
n|\"we stop\". From: now on we meet weekly. Subject: closed.
n|
s|Regards
s|Ben
",
    ),
    (
        "french, rule above the head",
        "Paul Verne <paul@verne-conseil.example>",
        "n|Bien reçu, merci. Je reviens vers vous lundi.
n|
s|Bien à vous,
s|Paul Verne
n|
q|________________________________
q|De : Camille Roche <camille.roche@ateliers-roche.example>
q|Envoyé : mercredi 12 février 2025 09:15:02
q|À : Paul Verne
q|Objet : RE: Devis
q|
q|Bonjour Paul, voici le devis.
",
    ),
    (
        "labels parted by blank lines, from html",
        "Karin Öberg <karin@oberg.example>",
        "n|Hej! Vi tar det i mars.
n|
s|Vänliga hälsningar
s|Karin
n|
q|Från: Lars Holm <lars@holm.example>
q|
q|Skickat: den 12 februari 2025 09:15
q|
q|Till: Karin Öberg
q|
q|Ämne: Möte
q|
q|Hej Karin
",
    ),
    (
        "norwegian, formal",
        "Ingrid Moen <ingrid.moen@fjordkraft.example>",
        "n|Hei, vi har valgt en annen leverandør denne gangen.
n|
s|Med vennlig hilsen
s|Ingrid Moen
s|Innkjøpssjef
s|Mobil: 900 12 345
s|Fjordkraft Bygg AS
n|
q|Den 12.02.2025 09:15, skrev Ola Berg:
q|> Hei Ingrid
",
    ),
    (
        "signature of a colleague above an unmarked quote stays quoted",
        "Ann Lee <ann@lee.example>",
        "n|Agreed.
n|
q|-----Original Message-----
q|From: Ben Okafor
q|Sent: 12 February 2025 09:15
q|To: Ann Lee
q|Subject: Phase two
q|
q|Ann, shall we start?
q|
q|Ben Okafor
q|Head of Delivery
",
    ),
    (
        "delimiter with a saying below",
        "Ben Okafor <ben@okafor.example>",
        "n|It is in the shared folder.
n|
s|--
s|all models are wrong, some are useful
",
    ),
    (
        "head without addresses and subject, with marks of direction",
        "Ольга Лебедева <olga@lebedeva.example>",
        "n|Да, подходит.
n|
q|От: Иван Седов
q|Отправлено: \u{200e}среда\u{200e}, \u{200e}12\u{200e} \u{200e}февраля\u{200e} \u{200e}2025\u{200e} г. \u{200e}9\u{200e}:\u{200e}15
q|Кому: Ольга
q|
q|Подходит?
",
    ),
    (
        "forwarded by, wrapped",
        "Ann Lee <ann@lee.example>",
        "n|Please have a look.
n|
s|Ann
q|---------------------- Forwarded by Ann Lee/LEE/EU on 02/12/2025
q|09:15 AM ---------------------------
q|
q|Ann, shall we start?
",
    ),
    (
        "horde",
        "Ann Lee <ann@lee.example>",
        "q|Zitat von Ben Okafor <ben@okafor.example>:
q|
q|> Shall we start?
q|
n|Ja, am Montag.
n|
s|Gruß
s|Ann
",
    ),
    (
        "initials with dots",
        "Ann Lee <ann@lee.example>",
        "n|Approved as proposed.
n|
s|A.L.
",
    ),
    (
        "what friends call her",
        "Johanna Lind <johanna@lind.example>",
        "n|I am so glad that it worked out!
n|
s|Jojo
",
    ),
];
