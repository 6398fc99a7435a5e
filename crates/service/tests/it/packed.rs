//! Archives, written byte by byte, so that a test can write what no program writes.

use std::io::Write;

use flate2::Compression;

/// A member of a zip archive, with what a hostile one may lie about.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub name: String,
    pub content: Vec<u8>,
    /// The bytes that are stored, if they are not the packed content.
    pub packed: Option<Vec<u8>>,
    pub flags: u16,
    pub method: u16,
    /// The mode that Unix gives a file.
    pub mode: u32,
    /// The length that the table tells.
    pub told_bytes: Option<u32>,
}

pub(crate) fn member(name: &str, content: impl AsRef<[u8]>) -> Member {
    Member {
        name: name.to_owned(),
        content: content.as_ref().to_vec(),
        packed: None,
        flags: 0,
        method: 8,
        mode: 0o100_644,
        told_bytes: None,
    }
}

/// A zip archive of these members.
pub(crate) fn zip(members: &[Member]) -> Vec<u8> {
    let (mut out, mut table) = (Vec::new(), Vec::new());
    for member in members {
        let mut crc = flate2::Crc::new();
        crc.update(&member.content);
        let packed = member.packed.clone().unwrap_or_else(|| match member.method {
            8 => deflated(&member.content),
            _ => member.content.clone(),
        });
        let bytes = member.told_bytes.unwrap_or(u32::try_from(member.content.len()).unwrap());
        let start = u32::try_from(out.len()).unwrap();
        let mut common = Vec::new();
        common.extend(20_u16.to_le_bytes());
        common.extend(member.flags.to_le_bytes());
        common.extend(member.method.to_le_bytes());
        common.extend([0; 4]);
        common.extend(crc.sum().to_le_bytes());
        common.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
        common.extend(bytes.to_le_bytes());
        common.extend(u16::try_from(member.name.len()).unwrap().to_le_bytes());
        common.extend([0; 2]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(member.name.as_bytes());
        out.extend(packed);
        table.extend(b"PK\x01\x02");
        // Made by Unix, so that the mode counts.
        table.extend([20, 3]);
        table.extend(&common);
        table.extend([0; 6]);
        table.extend((member.mode << 16).to_le_bytes());
        table.extend(start.to_le_bytes());
        table.extend(member.name.as_bytes());
    }
    let (count, start) = (u16::try_from(members.len()).unwrap(), out.len());
    out.extend(&table);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(u32::try_from(table.len()).unwrap().to_le_bytes());
    out.extend(u32::try_from(start).unwrap().to_le_bytes());
    out.extend([0; 2]);
    out
}

/// A tar archive: name, type flag, content.
pub(crate) fn tar(members: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, flag, content) in members {
        let mut head = [0_u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        head[148..156].copy_from_slice(b"        ");
        head[156] = *flag;
        head[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend(head);
        out.extend(*content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}
