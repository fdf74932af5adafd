//! The guard at work: match, read the body, ask, then pass on or refuse.
//! This module must never call the inner service before it has done all of that.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;
use core::task::{Context, Poll};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body::Body;
use http_body_util::{Either, Full};
use tower_service::Service;

use super::reach::Way;
use super::{
    Ambiguous, Authorise, GuardBody, Matched, Operation, Rules, Unknown, Verdict, denial,
    discriminate, reach,
};
use crate::Permission;
use crate::boxed::BoxFuture;

/// The service that a [`Guard`](super::Guard) makes around another service.
#[derive(Debug)]
pub struct Guarded<S, A> {
    inner: S,
    rules: Rules<A>,
}

impl<S, A> Guarded<S, A> {
    pub(super) fn new(inner: S, rules: Rules<A>) -> Guarded<S, A> {
        Guarded { inner, rules }
    }
}

impl<S: Clone, A> Clone for Guarded<S, A> {
    fn clone(&self) -> Self {
        Guarded::new(self.inner.clone(), self.rules.clone())
    }
}

impl<S, A, B, R> Service<Request<B>> for Guarded<S, A>
where
    S: Service<Request<GuardBody<B>>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send,
    A: Authorise,
    B: Body + Send + 'static,
    B::Data: Clone + Send,
    B::Error: Send,
    R: 'static,
{
    type Response = Response<Either<Full<Bytes>, R>>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that was asked whether it is ready must be the one that is called.
        let ready = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, ready);
        let rules = self.rules.clone();
        Box::pin(async move {
            let (mut parts, unread) = request.into_parts();
            let mut body = GuardBody::new(unread);
            if let Some(denial) = rules.judge(&mut parts, &mut body).await {
                return Ok(denial.map(Either::Left));
            }
            let answer = inner.call(Request::from_parts(parts, body)).await?;
            Ok(answer.map(Either::Right))
        })
    }
}

impl<A: Authorise> Rules<A> {
    /// The response that refuses the call. `None` if the call may continue.
    async fn judge<B>(
        &self,
        parts: &mut Parts,
        body: &mut GuardBody<B>,
    ) -> Option<Response<Full<Bytes>>>
    where
        B: Body,
        B::Data: Clone,
    {
        let Ok(mut ways) = reach::ways(self.catalogue, &self.words, parts) else {
            return Some(denial::unreadable_path());
        };
        if ways
            .iter()
            .any(|way| discriminate::is_needed(&way.operations))
        {
            let Ok(body) = body.look(self.body_limit).await else {
                return Some(denial::broken_body());
            };
            for way in &mut ways {
                let operations = mem::take(&mut way.operations);
                way.operations = discriminate::narrow(operations, &parts.headers, body.as_deref());
            }
        }
        if self.unknown == Unknown::Deny && ways.iter().any(Way::is_unknown) {
            return Some(denial::unknown());
        }
        ways.retain(|way| !way.operations.is_empty());
        let operations = ways.iter().flat_map(|way| &way.operations);
        let matched = Matched::new(operations.cloned());
        if ways.is_empty() {
            return None;
        }
        let denial = self.ask(parts, &ways, matched.operations()).await;
        // An operation that only some servers reach is not an operation for the documentation.
        if denial.is_none() && ways.iter().any(Way::is_meant) {
            parts.extensions.insert(matched);
        }
        denial
    }

    /// Asks about each operation that the call may be. Every way to read the call must be allowed.
    async fn ask(
        &self,
        parts: &Parts,
        ways: &[Way],
        operations: &[Operation],
    ) -> Option<Response<Full<Bytes>>> {
        let mut judged: Vec<(&Operation, Verdict)> = Vec::new();
        for operation in ways.iter().flat_map(|way| &way.operations) {
            if !judged
                .iter()
                .any(|(known, _)| known.is_same_call(operation))
            {
                let verdict = self.authorise.authorise(parts, operation).await;
                judged.push((operation, verdict));
            }
        }
        let is_allowed = |operation: &Operation| {
            let mut known = judged.iter();
            let verdict = known.find(|(known, _)| known.is_same_call(operation));
            matches!(verdict, Some((_, Verdict::Allow)))
        };
        let mut may_pass = ways.iter().all(|way| {
            let mut operations = way.operations.iter();
            match self.ambiguous {
                Ambiguous::OneMustBeAllowed => operations.any(is_allowed),
                Ambiguous::AllMustBeAllowed | Ambiguous::Deny => operations.all(is_allowed),
            }
        });
        let mut missing: Vec<Permission> = Vec::new();
        let mut reasons: Vec<String> = Vec::new();
        for (_, verdict) in &judged {
            if let Verdict::Deny {
                missing: lacking,
                reason,
            } = verdict
            {
                missing.extend(lacking.iter().cloned());
                reasons.extend(reason.clone());
            }
        }
        if operations.len() > 1 && self.ambiguous == Ambiguous::Deny {
            reasons.push("the call may be several operations".into());
            may_pass = false;
        }
        if may_pass {
            return None;
        }
        if ways.len() > 1 {
            reasons.push("servers may read the call in several ways".into());
        }
        missing.sort();
        missing.dedup();
        reasons.dedup();
        Some(denial::forbidden(operations, &missing, &reasons))
    }
}
