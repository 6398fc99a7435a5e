//! A definition as a file that people read and change: TOML.

use crate::definition::{Definition, InvalidDefinition};

/// Why a file holds no definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDefinitionFile {
    /// It cannot be read; the message names line and column.
    #[error("The file cannot be read: {0}")]
    Toml(String),
    /// What it says cannot be kept.
    #[error(transparent)]
    Definition(#[from] InvalidDefinition),
}

/// Reads a definition.
///
/// # Errors
/// [`InvalidDefinitionFile`].
pub fn read_definition_file(text: &str) -> Result<Definition, InvalidDefinitionFile> {
    let read: Definition =
        toml::from_str(text).map_err(|why| InvalidDefinitionFile::Toml(why.to_string()))?;
    read.check()?;
    Ok(read)
}

/// Writes a definition as a file that [`read_definition_file`] reads.
///
/// # Errors
/// [`InvalidDefinitionFile::Toml`], which no definition is known to cause.
pub fn write_definition_file(definition: &Definition) -> Result<String, InvalidDefinitionFile> {
    toml::to_string_pretty(definition).map_err(|why| InvalidDefinitionFile::Toml(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for definition in [Definition::to_begin_with(), Definition::unsigned()] {
            let text = write_definition_file(&definition).unwrap();
            assert_eq!(read_definition_file(&text).unwrap(), definition, "{text}");
        }
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        let why = read_definition_file("accept_hours = \"soon\"").unwrap_err().to_string();
        assert!(why.contains("line 1"), "{why}");
        let text = write_definition_file(&Definition::to_begin_with()).unwrap();
        let odd = text.replace("accept_hours = 8.0", "accept_hours = 0.0");
        assert!(matches!(read_definition_file(&odd), Err(InvalidDefinitionFile::Definition(_))));
    }
}
