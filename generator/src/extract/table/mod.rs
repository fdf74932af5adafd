//! What every reader of tables needs: the cell at a row and column, and what a cell says.
//! It knows how tables are laid out. This module must never know what a column or a text means.

mod cell;
mod grid;
mod spacing;

#[cfg(feature = "reference")]
pub(crate) use cell::statements_of;
pub(crate) use cell::{Statement, statements, text};
pub(crate) use grid::Grid;
#[cfg(feature = "reference")]
pub(crate) use spacing::collapsed;
pub(crate) use spacing::{collapse, is_unseen};
