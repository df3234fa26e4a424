# The sentences of the page kit itself, in English: the source of the other languages.
# review: reviewed

## The frame
skip-to-content = Go to the page
menu = Menu
language = Language
sign-out = Sign out
demo-banner = Demo city: people and places are invented.
hidden-banner = Hide mode is on. The street pages are closed and phones forget them.
footer-line = Speak, follow, be answered. Names and phone numbers are never shown.
aloud-read = Read this page aloud
aloud-stop = Stop reading
print-large = Large print
print-usual = Usual print
rebuilding = The pages are being put in order after an update. Please come back in a few minutes. Nothing is lost.

## Forms
field-optional = (you may leave this empty)
field-wrong = Please look here:
offline-kept = No network now. Your words are kept on this phone. They will be sent once, when the network is back.
offline-sent = Your words were sent. Your code:
offline-follow = Follow it
offline-refused = Your words could not be taken. They are still on this phone. Please open the page and try again.
offline-waits = Words that could not be taken are still on this phone. Are they yours?
offline-bring = Bring them back
offline-drop = Throw them away
offline-room = There is no room on this phone to keep the recording. Please stay on this page and send it when the network is back. You can also take the recording away and send your words alone.

## How things stand
tone-good = Good.
tone-info = Good to know.
tone-warn = Please note.
tone-bad = This did not work.
haste-calm = no hurry
haste-soon = this week
haste-urgent = urgent
haste-grave = danger to life
refusal-code = If you ask someone for help, tell them this:
code-yours = Your code
code-keep = Write it down. With it you can see what happens next.
number-unknown = not known
number-of = { $part } of { $whole }
as-table = See this as a table
pager = Pages
pager-before = Before
pager-after = Next

## The thread
knot-voice = Voice
knot-need = Need
knot-decision = Decision
knot-allocation = Money
knot-action = Action
knot-answer = Answer
knot-confirmation = Your yes or no
knot-done = done
knot-pending = waiting now
knot-broken = stopped here
knot-notyet = not yet
knot-by = by { $when }
knot-owner = By { $owner }
knot-owner-open = Waiting for { $owner }
thread-caption = The steps from a voice to its answer
thread-whole = { $all ->
    [one] The one step is done.
   *[other] All { $all } steps are done.
 }
thread-waiting = { $done } of { $all } steps are done. Waiting now: { $name }.
thread-broken = { $done } of { $all } steps are done. It stopped at: { $name }.
thread-so-far = { $done } of { $all } steps are done.
column-step = Step
column-state = How it stands
column-when = When
column-who = Who
column-note = Note
column-area = Area
column-count = Count

## The clock
clock-left = { $span } left
clock-late = { $span } late
clock-given = Time given: { $span }
clock-owner = Waiting for { $owner }

## The map
map-no-data = no figures
map-own = your area
map-community = drawn by the people who live there

## Time
just-now = just now
ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
 }
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
 }
ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
 }
ahead-minutes = { $n ->
    [one] in { $n } minute
   *[other] in { $n } minutes
 }
ahead-hours = { $n ->
    [one] in { $n } hour
   *[other] in { $n } hours
 }
ahead-days = { $n ->
    [one] in { $n } day
   *[other] in { $n } days
 }
span-moment = under a minute
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
 }
span-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
 }
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
 }
date = { $day } { $month } { $year }
date-weekday = { $weekday } { $day } { $month }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

## The kit page
kit-title = The page kit
example-say = Say something
example-say-about = A need, a question, a complaint, a thank you
example-follow = Follow a code
example-follow-about = See what became of your words
example-forget = Forget my words
example-send = Send
example-words = What do you want to say?
example-words-hint = We use your words to find who can help. Write in any language.
example-place = Where is it?
example-place-wrong = Name a street, a school, a church or a mosque nearby.
example-call = Phone number
example-call-hint = Only to call you back. It is never shown to anyone else.
example-about = What is it about?
example-water = Water
example-food = Food
example-other = Something else
example-agree = You may ask me once more in a month
example-agree-hint = One short question. You can stop it at any time.
example-notice-good = We have your words.
example-notice-info = The water point on Soko Road opens at seven.
example-notice-warn = The network is weak. This page is from this morning.
example-notice-bad = The form is not complete. Nothing was lost.
example-refusal = We do not find this code
example-refusal-advice = A code has eight letters and numbers. Please compare it with your message and try again.
example-refusal-next = Try again
example-empty = Nothing has been said here yet
example-empty-next = Be the first. It takes two minutes and needs no name.
example-card = Kisima
example-card-body = Two water points work. One is being repaired until Thursday.
example-quote = The water has not come to our street for two days. The children are thirsty.
example-quote-about = By SMS, two hours ago
example-number = voices this week
example-number-note = counted this morning
example-women = Women at the meeting
example-answer = Answer
example-owner = the water committee
example-event-act = The truck left the yard.
example-event-decide = The meeting said yes to two water trucks.
example-event-speak = Fifteen people said that the water is gone.
example-row-note = Behind the school, Mtoni. Nobody has answered yet.
example-table = Voices by area
example-map = Voices in Mtoni and the areas around it
example-knot-reason = Two water trucks, because the pump cannot be mended this week. 41 people voted.
example-knot-waits = The trucks are loaded. One day is left.
example-knot-broke = The trucks did not come, because the bridge was closed. The next step is a boat.
