//! The columns that matter most in Swedish, Danish, Norwegian, Finnish, Polish, Czech and Russian.
//!
//! They stand apart because the programs are used in these languages as well, but few of their
//! rarer columns matter.

use super::{Line, Role};

/// People.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const CONTACT: &[Line] = &[
    (Role::FirstName, &["Förnamn", "Fornavn", "Etunimi", "Imię", "Jméno", "Křestní jméno", "Имя"]),
    (Role::MiddleName, &[
        "Mellannamn", "Mellemnavn", "Mellomnavn", "Drugie imię", "Prostřední jméno", "Отчество",
    ]),
    (Role::LastName, &[
        "Efternamn", "Efternavn", "Etternavn", "Sukunimi", "Nazwisko", "Příjmení", "Фамилия",
    ]),
    (Role::FullName, &[
        "Fullständigt namn", "Fulde navn", "Fullt navn", "Koko nimi", "Imię i nazwisko",
        "Celé jméno", "Jméno a příjmení", "ФИО", "Полное имя", "Контактное лицо", "Kontakti",
        "Osoba kontaktowa", "Kontaktní osoba",
    ]),
    (Role::SomeName, &["Namn", "Navn", "Nimi", "Název", "Nazwa"]),
    (Role::Email, &[
        "E-post", "E-postadress", "E-postadresse", "E-mailadresse", "Sähköposti",
        "Sähköpostiosoite", "Adres e-mail", "E-mailová adresa", "Электронная почта",
        "Адрес электронной почты", "Эл. почта", "Почта",
    ]),
    (Role::Phone, &[
        "Puhelin", "Puhelinnumero", "Telefonnummer", "Matkapuhelin", "Telefon komórkowy",
        "Numer telefonu", "Telefonní číslo", "Телефон", "Мобильный телефон", "Рабочий телефон",
    ]),
    (Role::JobTitle, &[
        "Befattning", "Yrkestitel", "Stilling", "Tehtävänimike", "Titteli", "Stanowisko",
        "Pozice", "Funkce", "Должность",
    ]),
    (Role::Department, &["Avdelning", "Avdeling", "Osasto", "Dział", "Oddělení", "Отдел"]),
    (Role::Company, &[
        "Företag", "Företagsnamn", "Virksomhed", "Selskap", "Bedrift", "Firmanavn", "Yritys",
        "Nazwa firmy", "Společnost", "Název firmy", "Компания", "Организация",
        "Название компании",
    ]),
    (Role::Note, &[
        "Anteckningar", "Noter", "Bemærkninger", "Notater", "Muistiinpanot", "Huomautukset",
        "Notatki", "Uwagi", "Poznámka", "Poznámky", "Заметки", "Примечание", "Примечания",
        "Комментарий",
    ]),
    (Role::OptOut, &[
        "Avregistrerad", "Avanmäld", "Kontakta ej", "Afmeldt", "Må ikke kontaktes", "Avmeldt",
        "Skal ikke kontaktes", "Ei saa ottaa yhteyttä", "Wypisany", "Nie kontaktować",
        "Odhlášen", "Nekontaktovat", "Отписан", "Не беспокоить", "Не писать",
    ]),
];

/// Deals.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const DEAL: &[Line] = &[
    (Role::DealName, &[
        "Affär", "Affärsnamn", "Namn", "Salgsmulighet", "Aftale", "Avtale", "Navn", "Kauppa",
        "Kaupan nimi", "Nimi", "Szansa sprzedaży", "Nazwa szansy", "Nazwa", "Transakcja",
        "Obchod", "Obchodní případ", "Příležitost", "Název", "Название сделки", "Сделка",
        "Название",
    ]),
    (Role::Stage, &[
        "Affärsfas", "Säljfas", "Fas", "Salgsfase", "Vaihe", "Kaupan vaihe", "Etap",
        "Etap sprzedaży", "Fáze", "Этап", "Этап сделки", "Стадия",
    ]),
    (Role::Status, &["Tila", "Stan", "Stav", "Статус"]),
    (Role::Probability, &[
        "Sannolikhet", "Sandsynlighed", "Sannsynlighet", "Todennäköisyys", "Prawdopodobieństwo",
        "Pravděpodobnost", "Вероятность",
    ]),
    (Role::Value, &[
        "Belopp", "Värde", "Beløb", "Værdi", "Beløp", "Verdi", "Arvo", "Summa", "Kwota",
        "Wartość", "Částka", "Hodnota", "Сумма", "Бюджет", "Стоимость",
    ]),
    (Role::Currency, &["Valuutta", "Waluta", "Měna", "Валюта"]),
    (Role::Opened, &[
        "Skapad", "Skapad den", "Oprettet", "Oprettelsesdato", "Opprettet", "Opprettelsesdato",
        "Luotu", "Luontipäivä", "Data utworzenia", "Utworzono", "Vytvořeno", "Datum vytvoření",
        "Дата создания",
    ]),
    (Role::CloseDate, &[
        "Stängningsdatum", "Slutdatum", "Avslutsdatum", "Lukkedato", "Slutdato", "Sluttdato",
        "Sulkemispäivä", "Päättymispäivä", "Data zamknięcia", "Datum uzavření", "Дата закрытия",
    ]),
    (Role::Day, &["Dato", "Päivämäärä", "Päivä", "Дата"]),
    (Role::Company, &[
        "Företag", "Kund", "Virksomhed", "Selskap", "Bedrift", "Kunde", "Yritys", "Asiakas",
        "Klient", "Společnost", "Zákazník", "Компания", "Организация", "Клиент",
    ]),
    (Role::Person, &[
        "Kontaktperson", "Yhteyshenkilö", "Osoba kontaktowa", "Kontaktní osoba",
        "Контактное лицо", "Контакт",
    ]),
    (Role::PersonEmail, &[
        "E-post", "E-postadress", "E-postadresse", "Sähköposti", "Adres e-mail",
        "Электронная почта",
    ]),
];

/// Companies.
#[rustfmt::skip] // One line a word would hide the table.
pub(in crate::export) const COMPANY: &[Line] = &[
    (Role::Company, &[
        "Företag", "Företagsnamn", "Virksomhed", "Selskap", "Bedrift", "Firmanavn", "Yritys",
        "Yrityksen nimi", "Nazwa firmy", "Společnost", "Název firmy", "Компания", "Организация",
        "Название компании",
    ]),
    (Role::SomeName, &["Namn", "Navn", "Nimi", "Název", "Nazwa", "Название"]),
    (Role::Domain, &[
        "Webbplats", "Hemsida", "Hjemmeside", "Nettsted", "Verkkosivusto", "Strona internetowa",
        "Webové stránky", "Сайт", "Веб-сайт",
    ]),
    (Role::Industry, &["Bransch", "Bransje", "Toimiala", "Branża", "Odvětví", "Отрасль"]),
    (Role::Employees, &[
        "Antal anställda", "Anställda", "Antal ansatte", "Ansatte", "Henkilöstömäärä",
        "Liczba pracowników", "Počet zaměstnanců", "Количество сотрудников",
    ]),
    (Role::Revenue, &[
        "Omsättning", "Årsomsättning", "Omsætning", "Omsetning", "Liikevaihto",
        "Roczny przychód", "Roczny obrót", "Roční obrat", "Годовой доход", "Выручка",
    ]),
    (Role::Phone, &["Puhelin", "Puhelinnumero", "Numer telefonu", "Telefonní číslo", "Телефон"]),
    (Role::Note, &[
        "Anteckningar", "Beskrivning", "Beskrivelse", "Noter", "Notater", "Kuvaus", "Opis", "Uwagi",
        "Popis", "Poznámka", "Описание", "Примечание",
    ]),
    (Role::Owner, &["Ägare", "Ejer", "Eier", "Omistaja", "Właściciel", "Vlastník", "Ответственный"]),
];
