//! The one table of routes: a route cannot be opened without saying who may pass.

use axum::Router;
use axum::http::Method;
use axum::routing::MethodRouter;

use crate::door::{House, Role};

/// Who may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, without an account.
    Street,
    /// A machine with a token or signature of its own, checked by the handler.
    Machine,
    /// Any member who has signed in.
    Members,
    /// Members who hold one of these roles.
    Roles(&'static [Role]),
}

/// A route and who may pass it.
#[derive(Clone, Debug)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path with its parameters in braces.
    pub path: &'static str,
    /// Who may pass.
    pub access: Access,
}

/// Routes of a room, with their table.
#[derive(Default)]
pub struct Routes {
    /// For the server.
    pub router: Router<House>,
    /// For the guard and its test.
    pub table: Vec<Route>,
}

impl Routes {
    /// None yet.
    #[must_use]
    pub fn new() -> Routes {
        Routes::default()
    }

    /// A page or data to read.
    #[must_use]
    pub fn get(self, path: &'static str, access: Access, handler: MethodRouter<House>) -> Routes {
        self.at(Method::GET, path, access, handler)
    }

    /// Something done.
    #[must_use]
    pub fn post(self, path: &'static str, access: Access, handler: MethodRouter<House>) -> Routes {
        self.at(Method::POST, path, access, handler)
    }

    fn at(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter<House>,
    ) -> Routes {
        self.table.push(Route { method, path, access });
        self.router = self.router.route(path, handler);
        self
    }

    /// These and the routes of another room.
    #[must_use]
    pub fn and(mut self, other: Routes) -> Routes {
        self.table.extend(other.table);
        self.router = self.router.merge(other.router);
        self
    }
}
