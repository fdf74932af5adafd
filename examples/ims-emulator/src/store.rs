//! The images, and the projects that share them.
//! This module must never know about HTTP.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// A project with which an image is shared, as the emulator keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Whether the project has accepted the image.
    pub status: Status,
    /// When the image was shared, in UTC.
    pub created_at: String,
    /// When the status was last set, in UTC.
    pub updated_at: String,
    /// The image.
    pub image_id: String,
    /// The project.
    pub member_id: String,
}

/// Whether a project has accepted an image that is shared with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The project has not decided yet.
    Pending,
    /// The project has accepted the image.
    Accepted,
    /// The project has rejected the image.
    Rejected,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Pending => "pending",
            Status::Accepted => "accepted",
            Status::Rejected => "rejected",
        })
    }
}

/// The reason why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The image does not exist.
    NoImage,
    /// The image is not shared with the project.
    NoMember,
    /// The image is already shared with the project.
    Exists,
}

type Members = BTreeMap<String, Member>;

/// All images, in memory.
#[derive(Debug)]
pub struct Store {
    images: Mutex<BTreeMap<String, Members>>,
}

impl Store {
    /// A store of images that are not shared yet.
    pub fn of<'i>(images: impl IntoIterator<Item = &'i str>) -> Store {
        let images = images.into_iter().map(|id| (id.into(), Members::new()));
        Store {
            images: Mutex::new(images.collect()),
        }
    }

    /// Shares an image with a project.
    ///
    /// # Errors
    /// [`Failure::NoImage`], [`Failure::Exists`].
    pub fn add(&self, image: &str, member: &str) -> Result<Member, Failure> {
        let mut images = self.images();
        let members = images.get_mut(image).ok_or(Failure::NoImage)?;
        if members.contains_key(member) {
            return Err(Failure::Exists);
        }
        let member = Member::new(image, member);
        members.insert(member.member_id.clone(), member.clone());
        Ok(member)
    }

    /// The projects with which an image is shared.
    ///
    /// # Errors
    /// [`Failure::NoImage`].
    pub fn list(&self, image: &str) -> Result<Vec<Member>, Failure> {
        let images = self.images();
        let members = images.get(image).ok_or(Failure::NoImage)?;
        Ok(members.values().cloned().collect())
    }

    /// How an image is shared with a project.
    ///
    /// # Errors
    /// [`Failure::NoImage`], [`Failure::NoMember`].
    pub fn show(&self, image: &str, member: &str) -> Result<Member, Failure> {
        let images = self.images();
        let members = images.get(image).ok_or(Failure::NoImage)?;
        members.get(member).cloned().ok_or(Failure::NoMember)
    }

    /// Sets whether a project accepts an image.
    ///
    /// # Errors
    /// [`Failure::NoImage`], [`Failure::NoMember`].
    pub fn update(&self, image: &str, member: &str, status: Status) -> Result<Member, Failure> {
        let mut images = self.images();
        let members = images.get_mut(image).ok_or(Failure::NoImage)?;
        let member = members.get_mut(member).ok_or(Failure::NoMember)?;
        member.status = status;
        member.updated_at = now();
        Ok(member.clone())
    }

    /// Stops sharing an image with a project.
    ///
    /// # Errors
    /// [`Failure::NoImage`], [`Failure::NoMember`].
    pub fn delete(&self, image: &str, member: &str) -> Result<(), Failure> {
        let mut images = self.images();
        let members = images.get_mut(image).ok_or(Failure::NoImage)?;
        members.remove(member).map(drop).ok_or(Failure::NoMember)
    }

    /// Changes the sharing of several images: of all of them, or of none.
    ///
    /// # Errors
    /// [`Failure::NoImage`] if one of them does not exist.
    pub fn change(&self, ids: &BTreeSet<String>, change: &Change) -> Result<(), Failure> {
        let mut images = self.images();
        if !ids.iter().all(|id| images.contains_key(id)) {
            return Err(Failure::NoImage);
        }
        for (image, members) in images.iter_mut().filter(|(id, _)| ids.contains(*id)) {
            change.apply(image, members);
        }
        Ok(())
    }

    fn images(&self) -> MutexGuard<'_, BTreeMap<String, Members>> {
        self.images.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A change to the sharing of several images. What is already so stays as it is.
#[derive(Debug)]
pub enum Change {
    /// The images are shared with these projects.
    Share(Vec<String>),
    /// The images are no longer shared with these projects.
    Unshare(Vec<String>),
    /// The project accepts the images, or does not.
    Set(String, Status),
}

impl Change {
    fn apply(&self, image: &str, members: &mut Members) {
        match self {
            Change::Share(projects) => {
                for project in projects {
                    let known = members.entry(project.clone());
                    known.or_insert_with(|| Member::new(image, project));
                }
            }
            Change::Unshare(projects) => members.retain(|id, _| !projects.contains(id)),
            Change::Set(project, status) => {
                if let Some(member) = members.get_mut(project) {
                    member.status = *status;
                    member.updated_at = now();
                }
            }
        }
    }
}

impl Member {
    fn new(image: &str, project: &str) -> Member {
        let now = now();
        Member {
            status: Status::Pending,
            created_at: now.clone(),
            updated_at: now,
            image_id: image.into(),
            member_id: project.into(),
        }
    }
}

fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}
