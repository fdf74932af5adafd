//! The places that requests to one host have, in the order in which they were asked for.
//! This module must never lose a place: whoever drops one, or gives up waiting for one, passes it on.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use core::task::Waker;
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The places of one host.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    taken: usize,
    /// The number of the next one who waits.
    next: u64,
    /// Those who wait, in order, and how they are woken.
    waiting: BTreeMap<u64, Option<Waker>>,
    /// Those who have a place and do not know it yet.
    granted: BTreeSet<u64>,
    /// How many places belong to a body that nobody reads at the moment.
    kept: usize,
    /// Since when all of them do.
    all_kept: Option<Instant>,
}

impl Places {
    pub(super) fn new(most: usize) -> Arc<Places> {
        let state = Mutex::default();
        Arc::new(Places { most, state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stands in line for a place.
    pub(super) fn ask(self: &Arc<Places>) -> Turn {
        let mut state = self.state();
        let number = state.next;
        state.next += 1;
        // Nobody waits if a place is free.
        if state.taken < self.most {
            state.taken += 1;
            state.granted.insert(number);
        } else {
            state.waiting.insert(number, None);
        }
        let places = self.clone();
        Turn { places, number }
    }

    /// How long all places have belonged to bodies that nobody reads.
    pub(super) fn all_kept_for(&self) -> Duration {
        let since = self.state().all_kept;
        since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// Counts the bodies that nobody reads.
    fn note(&self, kept: bool) {
        let mut state = self.state();
        if kept {
            state.kept += 1;
        } else {
            state.kept -= 1;
        }
        state.all_kept = (state.kept == self.most).then(Instant::now);
    }

    /// Gives a place to the next one in line.
    fn pass_on(&self) {
        let mut state = self.state();
        let next = state.waiting.pop_first();
        match &next {
            Some((number, _)) => {
                state.granted.insert(*number);
            }
            None => state.taken -= 1,
        }
        drop(state);
        if let Some((_, Some(waker))) = next {
            waker.wake();
        }
    }
}

/// Somebody's turn to get a place.
#[derive(Debug)]
pub(super) struct Turn {
    places: Arc<Places>,
    number: u64,
}

impl Turn {
    /// The place, if it is there.
    pub(super) fn place(&mut self) -> Option<Place> {
        let is_granted = self.places.state().granted.remove(&self.number);
        is_granted.then(|| Place {
            places: self.places.clone(),
            is_kept: false,
        })
    }

    /// Whether the place is there. If not, `waker` is woken then.
    pub(super) fn is_there(&self, waker: &Waker) -> bool {
        let mut state = self.places.state();
        if let Some(stored) = state.waiting.get_mut(&self.number) {
            *stored = Some(waker.clone());
        }
        state.granted.contains(&self.number)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.places.state();
        state.waiting.remove(&self.number);
        let is_granted = state.granted.remove(&self.number);
        drop(state);
        if is_granted {
            self.places.pass_on();
        }
    }
}

/// The right to have a request on its way.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    is_kept: bool,
}

impl Place {
    /// Says whether the response is kept while nobody reads it.
    pub(super) fn keep(&mut self, is_kept: bool) {
        if self.is_kept != is_kept {
            self.is_kept = is_kept;
            self.places.note(is_kept);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.keep(false);
        self.places.pass_on();
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;
    use core::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;

    use super::*;

    #[test]
    fn places_are_given_in_the_order_in_which_they_were_asked_for() {
        let places = Places::new(2);
        let mut turns: Vec<_> = (0..5).map(|_| places.ask()).collect();
        let mut held: Vec<_> = turns.iter_mut().map(Turn::place).collect();
        let is_held = |held: &[Option<Place>]| held.iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(is_held(&held), [true, true, false, false, false]);
        held[1] = None;
        assert!(turns[4].place().is_none() && turns[3].place().is_none());
        held[2] = turns[2].place();
        assert!(held[2].is_some());
    }

    #[test]
    fn who_comes_later_does_not_get_ahead_of_who_waits() {
        let places = Places::new(1);
        let first = places.ask().place();
        let mut second = places.ask();
        drop(first);
        assert!(places.ask().place().is_none());
        assert!(second.place().is_some());
        assert!(places.ask().place().is_some());
    }

    #[test]
    fn a_place_of_someone_who_gave_up_is_passed_on() {
        let places = Places::new(1);
        let first = places.ask().place();
        let (second, third, mut fourth) = (places.ask(), places.ask(), places.ask());
        drop(third);
        drop(first);
        drop(second);
        let place = fourth.place();
        assert!(place.is_some());
        drop((place, fourth));
        assert_eq!(places.state().taken, 0);
        assert!(places.state().waiting.is_empty() && places.state().granted.is_empty());
    }

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn who_gets_a_place_is_woken_and_nobody_else() {
        let places = Places::new(1);
        let first = places.ask().place();
        let turns = [places.ask(), places.ask()];
        let counts = [Arc::<Count>::default(), Arc::default()];
        for (turn, count) in turns.iter().zip(&counts) {
            assert!(!turn.is_there(&count.clone().into()));
        }
        drop(first);
        let woken = counts.map(|count| count.0.load(Ordering::SeqCst));
        assert_eq!(woken, [1, 0]);
        assert!(turns[0].is_there(Waker::noop()) && !turns[1].is_there(Waker::noop()));
    }

    #[test]
    fn bodies_that_nobody_reads_are_known_once_they_have_all_places() {
        let places = Places::new(2);
        let mut held: Vec<_> = (0..2).filter_map(|_| places.ask().place()).collect();
        let is_full = || places.state().all_kept.is_some();
        held[0].keep(true);
        held[0].keep(true);
        assert!(!is_full());
        held[1].keep(true);
        assert!(is_full());
        held[0].keep(false);
        assert!(!is_full());
        held[0].keep(true);
        assert!(is_full());
        held.pop();
        assert!(!is_full());
        assert_eq!(places.state().kept, 1);
    }
}
