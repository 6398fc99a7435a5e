//! Whom we believe to be the server that they claim to be.
//!
//! The roots are those of Mozilla, shipped with the program, so that it is the same on every
//! machine; a company that signs its own certificates gives its root along.

use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::error::{Error, Kind, Step};

/// Whom we believe.
#[derive(Debug, Clone)]
pub struct Trust {
    config: Arc<ClientConfig>,
}

impl Trust {
    /// The well-known roots, and these besides (DER). An error if one of them is no certificate of
    /// an authority.
    pub fn new(besides: &[Vec<u8>]) -> Result<Self, Error> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for certificate in besides {
            roots.add(CertificateDer::from_slice(certificate)).map_err(|error| {
                Error::new(Kind::Certificate, Step::Encrypt).saying(&error.to_string())
            })?;
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| {
                Error::new(Kind::Encryption, Step::Encrypt).saying(&error.to_string())
            })?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { config: Arc::new(config) })
    }

    /// The well-known roots, and those of a text that holds certificates one after the other (PEM). An
    /// error if it holds none, or one of them is no certificate of an authority.
    pub fn with_pem(text: &str) -> Result<Self, Error> {
        let unusable = |said: &str| Error::new(Kind::Certificate, Step::Encrypt).saying(said);
        let besides = CertificateDer::pem_slice_iter(text.as_bytes())
            .map(|certificate| certificate.map(|certificate| certificate.to_vec()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unusable(&error.to_string()))?;
        if besides.is_empty() {
            return Err(unusable("there is no certificate in the file"));
        }
        Self::new(&besides)
    }

    pub(crate) fn config(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots() {
        assert!(Trust::new(&[]).is_ok());
        assert_eq!(Trust::new(&[b"no certificate".to_vec()]).unwrap_err().kind, Kind::Certificate);
    }
}
