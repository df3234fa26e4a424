//! The house as a handler sees it: the store, the keys, the city, the texts. It holds no fact of
//! its own: what it keeps can be read again from the store at any time.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, RwLock};

use page::{Lang, Texts};
use seal::Vault;
use store::Store;
use tokio::sync::Notify;

use crate::door::{Limits, Member};

/// What the city says of itself: the fold of its own records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct City {
    /// Its name; empty until the node has been started.
    pub name: String,
    /// ISO 3166 code of three letters.
    pub country: String,
    /// The languages its texts are sent in, the first being the one for unknown languages.
    pub languages: Vec<Lang>,
    /// The local number for danger to life.
    pub emergency: String,
    /// The number residents send SMS to; empty when there is none yet.
    pub sms_number: String,
    /// Minutes east of UTC.
    pub offset_minutes: i64,
    /// Whether pages, exports and caches are withdrawn.
    pub hidden: bool,
    /// Whether this is the demo city.
    pub demo: bool,
}

impl Default for City {
    fn default() -> City {
        City {
            name: String::new(),
            country: String::new(),
            languages: Lang::ALL.to_vec(),
            emergency: "112".to_owned(),
            sms_number: String::new(),
            offset_minutes: 0,
            hidden: false,
            demo: false,
        }
    }
}

/// How the door finds the member a session belongs to; given by the roof, so that the door need
/// not know the room of people.
pub type Who = Arc<
    dyn Fn(House, String) -> Pin<Box<dyn Future<Output = Option<Member>> + Send>> + Send + Sync,
>;

/// What a house is built from.
pub struct HouseParts {
    /// The open store.
    pub store: Store,
    /// The node's keys.
    pub vault: Vault,
    /// All texts of all rooms.
    pub texts: &'static Texts,
    /// The folder of keys, settings and the erasure list.
    pub data: PathBuf,
    /// How sessions become members.
    pub who: Who,
}

struct Inner {
    store: Store,
    vault: Vault,
    texts: &'static Texts,
    data: PathBuf,
    who: Who,
    limits: Limits,
    kept: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    outbound: Notify,
}

/// The house. Clones are the same house.
#[derive(Clone)]
pub struct House(Arc<Inner>);

impl House {
    /// Opens the house.
    #[must_use]
    pub fn new(parts: HouseParts) -> House {
        House(Arc::new(Inner {
            store: parts.store,
            vault: parts.vault,
            texts: parts.texts,
            data: parts.data,
            who: parts.who,
            limits: Limits::default(),
            kept: RwLock::default(),
            outbound: Notify::new(),
        }))
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The node's keys.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// All texts.
    #[must_use]
    pub fn texts(&self) -> &'static Texts {
        self.0.texts
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &std::path::Path {
        &self.0.data
    }

    /// Attempts counted against their limits.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.0.store.now_ms()
    }

    /// The city, as last read.
    #[must_use]
    pub fn city(&self) -> Arc<City> {
        self.kept::<City>().unwrap_or_default()
    }

    /// Something a room has worked out and kept, such as the atlas of areas.
    #[must_use]
    pub fn kept<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let kept = self.0.kept.read().ok()?;
        kept.get(&TypeId::of::<T>()).cloned()?.downcast::<T>().ok()
    }

    /// Keeps something worked out from the store, in place of an older one.
    pub fn keep<T: Any + Send + Sync>(&self, value: T) {
        if let Ok(mut kept) = self.0.kept.write() {
            kept.insert(TypeId::of::<T>(), Arc::new(value));
        }
    }

    /// Rings when something waits to be sent.
    #[must_use]
    pub fn outbound(&self) -> &Notify {
        &self.0.outbound
    }

    /// The member a session belongs to.
    pub async fn who(&self, token: String) -> Option<Member> {
        (self.0.who)(self.clone(), token).await
    }
}
