//! The store against a real file.

#[cfg(test)]
mod api_requests;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod card_changes;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod corrections;
#[cfg(test)]
mod files;
#[cfg(test)]
mod firms;
#[cfg(test)]
mod identities;
#[cfg(test)]
mod insights;
#[cfg(test)]
mod lessons;
#[cfg(test)]
mod passkeys;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod ready;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod search;
#[cfg(test)]
#[cfg(feature = "postgres")]
mod server;
#[cfg(test)]
mod story;
#[cfg(test)]
mod telling;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod turns;
#[cfg(test)]
mod upgrade;
#[cfg(test)]
mod webhooks;
