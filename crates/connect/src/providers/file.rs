//! One provider's file, read strictly.

use serde::Deserialize;

use super::Provider;
use crate::{Address, Security, Server, Service, SignIn, WebAddress, host};

/// What a file was held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Evidence {
    /// The provider's own page, or its own program's code.
    #[serde(rename = "its own page")]
    OwnPage,
    /// The provider's page could not be opened; several others who publish its settings, and are
    /// independent of each other, agree.
    #[serde(rename = "others who agree")]
    OthersWhoAgree,
}

/// What one signs in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum UserName {
    /// The whole address.
    #[serde(rename = "address")]
    Address,
    /// What stands before the sign `@`.
    #[serde(rename = "local part")]
    LocalPart,
    /// Something that the person has to look up.
    #[serde(rename = "ask")]
    Ask,
}

/// A server in a provider's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedServer {
    /// What it is for.
    pub service: Service,
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub security: Security,
    /// Where to begin, for calendars and contacts; `%EMAILADDRESS%` stands for the address.
    pub path: String,
    /// What one signs in as.
    pub user: UserName,
    /// How one signs in, where it differs from the provider's other servers.
    pub sign_in: Option<Vec<SignIn>>,
}

/// How to ask for tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth {
    /// Where a person says yes, in a browser.
    pub authorize: WebAddress,
    /// Where tokens are given out.
    pub token: WebAddress,
    /// Where codes for signing in on another device are given out; nothing where the provider does
    /// not do that for mail.
    pub device: Option<WebAddress>,
    /// Who the provider says it is in the browser's answer (RFC 9207).
    pub issuer: Option<String>,
    /// By which name the browser comes back to this machine.
    pub redirect_host: RedirectHost,
    /// Whether the provider gives a desktop app a secret.
    pub secret: SecretUse,
    /// Where one gets a client id of one's own.
    pub register: String,
    /// For what one asks, to read mail and to send it.
    pub mail_scopes: Vec<String>,
    /// For what one asks, for calendars.
    pub caldav_scopes: Vec<String>,
    /// For what one asks, for contacts.
    pub carddav_scopes: Vec<String>,
    /// What is asked besides, where a person says yes.
    pub extra: Vec<(String, String)>,
}

/// By which name the browser comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum RedirectHost {
    /// By the number, as RFC 8252 advises.
    #[serde(rename = "127.0.0.1")]
    Number,
    /// By `localhost`, since the provider takes no number.
    #[serde(rename = "localhost")]
    Name,
}

/// What a client's secret is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum SecretUse {
    /// Desktop apps have none.
    #[serde(rename = "none")]
    None,
    /// Desktop apps have one that is sent along, though it is no secret.
    #[serde(rename = "public")]
    Public,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default)]
    mail_hosts: Vec<String>,
    source: Vec<String>,
    checked: String,
    evidence: Evidence,
    #[serde(default)]
    notes: Vec<String>,
    sign_in: Vec<Way>,
    app_password: Option<AppPassword>,
    server: Vec<ServerLine>,
    oauth: Option<OAuthLines>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
enum Way {
    #[serde(rename = "password")]
    Password,
    #[serde(rename = "app password")]
    AppPassword,
    #[serde(rename = "oauth")]
    OAuth,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct AppPassword {
    page: Option<String>,
    needs: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServerLine {
    service: Service,
    host: String,
    port: u16,
    security: Security,
    #[serde(default)]
    path: String,
    user: UserName,
    sign_in: Option<Vec<Way>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OAuthLines {
    authorize: String,
    token: String,
    device: Option<String>,
    issuer: Option<String>,
    redirect_host: RedirectHost,
    secret: SecretUse,
    register: String,
    mail_scopes: Vec<String>,
    #[serde(default)]
    caldav_scopes: Vec<String>,
    #[serde(default)]
    carddav_scopes: Vec<String>,
    #[serde(default)]
    extra: std::collections::BTreeMap<String, String>,
}

impl Provider {
    /// Reads a file. What is wrong with it comes back as a sentence.
    pub(super) fn read(id: &str, text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let named = |name: &String| host::name(name).as_deref() == Some(name.as_str());
        if let Some(bad) = file.domains.iter().chain(&file.mail_hosts).find(|name| !named(name)) {
            return Err(format!("{bad} is no domain in small letters"));
        }
        for page in &file.source {
            WebAddress::new(page).map_err(|error| error.to_string())?;
        }
        file.checked.parse::<jiff::civil::Date>().map_err(|error| error.to_string())?;
        let ways = Ways { id, app: file.app_password.clone(), oauth: file.oauth.is_some() };
        let sign_in = ways.of(&file.sign_in)?;
        let lines = file.server.into_iter();
        let servers: Vec<_> = lines.map(|line| line.read(&ways)).collect::<Result<_, _>>()?;
        let oauth = file.oauth.map(OAuthLines::read).transpose()?;
        Ok(Self {
            id: id.to_owned(),
            name: file.name,
            domains: file.domains,
            mail_hosts: file.mail_hosts,
            servers,
            sign_in,
            oauth,
            notes: file.notes,
            source: file.source,
            checked: file.checked,
            evidence: file.evidence,
        })
    }
}

struct Ways<'a> {
    id: &'a str,
    app: Option<AppPassword>,
    oauth: bool,
}

impl Ways<'_> {
    fn of(&self, ways: &[Way]) -> Result<Vec<SignIn>, String> {
        if ways.is_empty() {
            return Err("no way of signing in".to_owned());
        }
        ways.iter().map(|way| self.one(*way)).collect()
    }

    fn one(&self, way: Way) -> Result<SignIn, String> {
        match (way, &self.app) {
            (Way::Password, _) => Ok(SignIn::Password),
            (Way::AppPassword, Some(AppPassword { page, needs })) => {
                if let Some(page) = page {
                    WebAddress::new(page).map_err(|error| error.to_string())?;
                }
                Ok(SignIn::AppPassword { page: page.clone(), needs: needs.clone() })
            }
            (Way::AppPassword, None) => {
                Err("nothing says where an app password is made".to_owned())
            }
            (Way::OAuth, _) if self.oauth => Ok(SignIn::OAuth { provider: self.id.to_owned() }),
            (Way::OAuth, _) => Err("nothing says where tokens are asked for".to_owned()),
        }
    }
}

impl ServerLine {
    fn read(self, ways: &Ways<'_>) -> Result<ShippedServer, String> {
        let known = host::name(&self.host).as_deref() == Some(self.host.as_str());
        if !known && !host::is_loopback(&self.host) {
            return Err(format!("{} is no host in small letters", self.host));
        }
        if self.port == 0 {
            return Err("0 is no port".to_owned());
        }
        if self.service.is_dav() && self.security != Security::Tls {
            return Err("calendars and contacts are asked by https only".to_owned());
        }
        let fits = self.service.is_dav() && self.path.starts_with('/');
        if !fits && !self.path.is_empty() {
            return Err(format!("{} is no path", self.path));
        }
        let sign_in = self.sign_in.map(|own| ways.of(&own)).transpose()?;
        let Self { service, host, port, security, path, user, .. } = self;
        Ok(ShippedServer { service, host, port, security, path, user, sign_in })
    }
}

impl OAuthLines {
    fn read(self) -> Result<OAuth, String> {
        let web = |text: &str| WebAddress::new(text).map_err(|error| error.to_string());
        web(&self.register)?;
        Ok(OAuth {
            authorize: web(&self.authorize)?,
            token: web(&self.token)?,
            device: self.device.as_deref().map(web).transpose()?,
            issuer: self.issuer,
            redirect_host: self.redirect_host,
            secret: self.secret,
            register: self.register,
            mail_scopes: self.mail_scopes,
            caldav_scopes: self.caldav_scopes,
            carddav_scopes: self.carddav_scopes,
            extra: self.extra.into_iter().collect(),
        })
    }
}

impl ShippedServer {
    /// The server as it is for one address.
    pub(crate) fn of(&self, address: &Address) -> Server {
        let whole = address.to_string();
        let escaped: String = url::form_urlencoded::byte_serialize(whole.as_bytes()).collect();
        let user = match self.user {
            UserName::Address => Some(whole),
            UserName::LocalPart => Some(address.local().to_owned()),
            UserName::Ask => None,
        };
        Server {
            service: self.service,
            host: self.host.clone(),
            port: self.port,
            security: self.security,
            path: self.path.replace("%EMAILADDRESS%", &escaped),
            user,
        }
    }
}
