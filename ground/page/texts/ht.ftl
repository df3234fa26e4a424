# Fraz kit paj yo, an kreyòl ayisyen.
# review: unreviewed

## The frame
skip-to-content = Ale nan paj la
menu = Meni
language = Lang
sign-out = Soti
demo-banner = Sa a se yon vil pou montre. Moun yo ak kote yo envante.
hidden-banner = Mòd kache a limen. Paj piblik yo fèmen epi telefòn yo bliye yo.
footer-line = Pale, swiv, jwenn repons. Nou pa janm montre non ni nimewo.
aloud-read = Li paj sa a awotvwa
aloud-stop = Sispann li
print-large = Gwo lèt
print-usual = Lèt nòmal
rebuilding = N ap mete paj yo an lòd apre yon mizajou. Tanpri retounen nan kèk minit. Anyen pa pèdi.

## Forms
field-optional = (ou ka kite sa vid)
field-wrong = Tanpri gade isit la:
offline-kept = Pa gen rezo kounye a. Mo ou yo rete sou telefòn sa a. Y ap pati yon sèl fwa, lè rezo a tounen.
offline-sent = Mo ou yo pati. Kòd ou:
offline-follow = Swiv li
offline-refused = Nou pa t ka pran mo ou yo. Yo toujou sou telefòn sa a. Tanpri louvri paj la epi eseye ankò.
offline-waits = Gen mo nou pa t ka pran ki toujou sou telefòn sa a. Èske se pa ou yo ye?
offline-bring = Mete yo tounen
offline-drop = Jete yo
offline-room = Pa gen plas sou telefòn sa a pou kenbe anrejistreman an. Rete sou paj sa a epi voye l lè rezo a tounen. Ou ka retire anrejistreman an tou epi voye mo ou yo sèlman.

## How things stand
tone-good = Bon.
tone-info = Bon pou konnen.
tone-warn = Atansyon.
tone-bad = Sa pa mache.
haste-calm = pa prese
haste-soon = semèn sa a
haste-urgent = ijan
haste-grave = lavi an danje
refusal-code = Si ou mande yon moun èd, di li sa:
code-yours = Kòd ou
code-keep = Ekri l. Avè l ou ka wè sa k ap fèt apre.
number-unknown = nou pa konnen
number-of = { $part } sou { $whole }
as-table = Gade sa nan yon tablo
pager = Paj yo
pager-before = Anvan
pager-after = Apre

## The thread
knot-voice = Vwa
knot-need = Bezwen
knot-decision = Desizyon
knot-allocation = Lajan
knot-action = Aksyon
knot-answer = Repons
knot-confirmation = Wi oswa non ou
knot-done = fèt
knot-pending = ap tann
knot-broken = rete la
knot-notyet = poko
knot-by = anvan { $when }
knot-owner = Pa { $owner }
knot-owner-open = N ap tann { $owner }
thread-caption = Etap yo, soti nan yon vwa rive nan repons li
thread-whole = { $all ->
    [one] Sèl etap la fèt.
   *[other] Tout { $all } etap yo fèt.
 }
thread-waiting = { $done } etap sou { $all } fèt. Sa n ap tann: { $name }.
thread-broken = { $done } etap sou { $all } fèt. Li rete nan: { $name }.
thread-so-far = { $done } etap sou { $all } fèt.
column-step = Etap
column-state = Kote sa ye
column-when = Kilè
column-who = Kiyès
column-note = Nòt
column-area = Katye
column-count = Kantite

## The clock
clock-left = rete { $span }
clock-late = reta: { $span }
clock-given = Tan yo te bay: { $span }
clock-owner = N ap tann { $owner }

## The map
map-no-data = pa gen chif
map-own = katye ou
map-community = se moun ki rete la ki trase l

## Time
just-now = kounye a menm
ago-minutes = sa gen { $n } minit
ago-hours = sa gen { $n } èdtan
ago-days = sa gen { $n } jou
ahead-minutes = nan { $n } minit
ahead-hours = nan { $n } èdtan
ahead-days = nan { $n } jou
span-moment = mwens pase yon minit
span-minutes = { $n } minit
span-hours = { $n } èdtan
span-days = { $n } jou
date = { $day ->
    [1] premye { $month } { $year }
   *[other] { $day } { $month } { $year }
 }
date-weekday = { $day ->
    [1] { $weekday } premye { $month }
   *[other] { $weekday } { $day } { $month }
 }
month-1 = janvye
month-2 = fevriye
month-3 = mas
month-4 = avril
month-5 = me
month-6 = jen
month-7 = jiyè
month-8 = out
month-9 = septanm
month-10 = oktòb
month-11 = novanm
month-12 = desanm
weekday-1 = lendi
weekday-2 = madi
weekday-3 = mèkredi
weekday-4 = jedi
weekday-5 = vandredi
weekday-6 = samdi
weekday-7 = dimanch

## The kit page
kit-title = Kit paj yo
example-say = Di yon bagay
example-say-about = Yon bezwen, yon kesyon, yon plent, yon mèsi
example-follow = Swiv yon kòd
example-follow-about = Wè sa mo ou yo vin tounen
example-forget = Bliye mo mwen yo
example-send = Voye
example-words = Kisa ou vle di?
example-words-hint = Mo ou yo ede nou jwenn kiyès ki ka ede. Ekri nan lang ou.
example-place = Ki kote sa ye?
example-place-wrong = Di non yon lari, yon lekòl, yon legliz oswa yon moske ki toupre.
example-call = Nimewo telefòn
example-call-hint = Sèlman pou rele ou. Okenn lòt moun pa wè l.
example-about = Sou kisa sa ye?
example-water = Dlo
example-food = Manje
example-other = Lòt bagay
example-agree = Nou ka mande m yon lòt fwa nan yon mwa
example-agree-hint = Yon ti kesyon. Ou ka kanpe sa nenpòt lè.
example-notice-good = Nou gen mo ou yo.
example-notice-info = Pwen dlo lari Soko a louvri a sèt è.
example-notice-warn = Rezo a fèb. Paj sa a se pou maten an.
example-notice-bad = Fòm nan pa konplè. Anyen pa pèdi.
example-refusal = Nou pa jwenn kòd sa a
example-refusal-advice = Yon kòd gen uit lèt ak chif. Tanpri konpare l ak mesaj ou epi eseye ankò.
example-refusal-next = Eseye ankò
example-empty = Pèsonn poko di anyen isit la
example-empty-next = Se ou ki ka kòmanse. Sa pran de minit, san bay non.
example-card = Kisima
example-card-body = De pwen dlo mache. Y ap repare yon lòt jiska jedi.
example-quote = Dlo pa rive nan lari nou an depi de jou. Timoun yo swaf.
example-quote-about = Pa SMS, sa gen de èdtan
example-number = vwa semèn sa a
example-number-note = konte maten an
example-women = Fanm nan reyinyon an
example-answer = Repons
example-owner = komite dlo a
example-event-act = Kamyon an kite depo a.
example-event-decide = Reyinyon an di wi pou de kamyon dlo.
example-event-speak = Kenz moun di pa gen dlo.
example-row-note = Dèyè lekòl la, Mtoni. Pèsonn poko reponn.
example-table = Vwa pa katye
example-map = Vwa nan Mtoni ak katye ki bò kote l
example-knot-reason = De kamyon dlo, paske ponp lan pap repare semèn sa a. 41 moun te vote.
example-knot-waits = Kamyon yo chaje. Rete yon jou.
example-knot-broke = Kamyon yo pa t vini, paske pon an te fèmen. Pwochen etap la se yon bato.
