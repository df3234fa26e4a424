# Sentensi za kurasa, kwa Kiswahili.
# review: unreviewed

## The frame
skip-to-content = Nenda kwenye ukurasa
menu = Menyu
language = Lugha
sign-out = Ondoka
demo-banner = Huu ni mji wa maonyesho. Watu na mahali pake ni vya kubuni.
hidden-banner = Hali ya kujificha imewashwa. Kurasa za umma zimefungwa na simu zinazisahau.
footer-line = Sema, fuatilia, pata jibu. Majina na namba za simu hazionyeshwi kamwe.
aloud-read = Soma ukurasa huu kwa sauti
aloud-stop = Acha kusoma
print-large = Maandishi makubwa
print-usual = Maandishi ya kawaida
rebuilding = Kurasa zinapangwa upya baada ya sasisho. Tafadhali rudi baada ya dakika chache. Hakuna kilichopotea.

## Forms
field-optional = (unaweza kuacha wazi)
field-wrong = Tafadhali angalia hapa:
offline-kept = Hakuna mtandao sasa. Maneno yako yamehifadhiwa kwenye simu hii. Yatatumwa mara moja tu, mtandao ukirudi.
offline-sent = Maneno yako yametumwa. Namba yako ya kufuatilia:
offline-follow = Fuatilia
offline-refused = Maneno yako hayakupokelewa. Bado yako kwenye simu hii. Tafadhali fungua ukurasa ujaribu tena.
offline-waits = Kuna maneno ambayo hayakupokelewa bado kwenye simu hii. Je, ni yako?
offline-bring = Yarudishe
offline-drop = Yafute
offline-room = Hakuna nafasi kwenye simu hii ya kuweka rekodi. Baki kwenye ukurasa huu uitume mtandao ukirudi. Unaweza pia kuondoa rekodi na kutuma maneno yako tu.

## How things stand
tone-good = Vizuri.
tone-info = Ni vizuri kujua.
tone-warn = Tafadhali zingatia.
tone-bad = Haikufanikiwa.
haste-calm = si haraka
haste-soon = wiki hii
haste-urgent = haraka
haste-grave = hatari ya maisha
refusal-code = Ukiomba msaada, mwambie hivi:
code-yours = Namba yako ya kufuatilia
code-keep = Iandike. Kwa namba hii utaona kinachofuata.
number-unknown = haijulikani
number-of = { $part } kati ya { $whole }
as-table = Ona kama jedwali
pager = Kurasa
pager-before = Iliyotangulia
pager-after = Inayofuata

## The thread
knot-voice = Sauti
knot-need = Hitaji
knot-decision = Uamuzi
knot-allocation = Fedha
knot-action = Kazi
knot-answer = Jibu
knot-confirmation = Ndiyo au hapana yako
knot-done = imefanyika
knot-pending = inasubiriwa
knot-broken = imekwama hapa
knot-notyet = bado
knot-by = kabla ya { $when }
knot-owner = Na { $owner }
knot-owner-open = Tunasubiri { $owner }
thread-caption = Hatua kutoka sauti hadi jibu
thread-whole = { $all ->
    [one] Hatua moja imekamilika.
   *[other] Hatua zote { $all } zimekamilika.
 }
thread-waiting = Hatua { $done } kati ya { $all } zimekamilika. Inayosubiriwa: { $name }.
thread-broken = Hatua { $done } kati ya { $all } zimekamilika. Imekwama kwenye: { $name }.
thread-so-far = Hatua { $done } kati ya { $all } zimekamilika.
column-step = Hatua
column-state = Hali
column-when = Lini
column-who = Nani
column-note = Maelezo
column-area = Eneo
column-count = Idadi

## The clock
clock-left = imebaki: { $span }
clock-late = imechelewa: { $span }
clock-given = Muda uliotolewa: { $span }
clock-owner = Tunasubiri { $owner }

## The map
map-no-data = hakuna takwimu
map-own = eneo lako
map-community = limechorwa na wakazi wenyewe

## Time
just-now = sasa hivi
ago-minutes = { $n ->
    [one] dakika { $n } iliyopita
   *[other] dakika { $n } zilizopita
 }
ago-hours = { $n ->
    [one] saa { $n } iliyopita
   *[other] saa { $n } zilizopita
 }
ago-days = { $n ->
    [one] siku { $n } iliyopita
   *[other] siku { $n } zilizopita
 }
ahead-minutes = baada ya dakika { $n }
ahead-hours = baada ya saa { $n }
ahead-days = baada ya siku { $n }
span-moment = chini ya dakika moja
span-minutes = dakika { $n }
span-hours = saa { $n }
span-days = siku { $n }
date = { $day } { $month } { $year }
date-weekday = { $weekday } { $day } { $month }
month-1 = Januari
month-2 = Februari
month-3 = Machi
month-4 = Aprili
month-5 = Mei
month-6 = Juni
month-7 = Julai
month-8 = Agosti
month-9 = Septemba
month-10 = Oktoba
month-11 = Novemba
month-12 = Desemba
weekday-1 = Jumatatu
weekday-2 = Jumanne
weekday-3 = Jumatano
weekday-4 = Alhamisi
weekday-5 = Ijumaa
weekday-6 = Jumamosi
weekday-7 = Jumapili

## The kit page
kit-title = Vipande vya kurasa
example-say = Sema jambo
example-say-about = Hitaji, swali, lalamiko, shukrani
example-follow = Fuatilia namba
example-follow-about = Ona maneno yako yamefikia wapi
example-forget = Futa maneno yangu
example-send = Tuma
example-words = Unataka kusema nini?
example-words-hint = Maneno yako yanatusaidia kumpata anayeweza kusaidia. Andika kwa lugha yako.
example-place = Ni wapi?
example-place-wrong = Taja barabara, shule, kanisa au msikiti ulio karibu.
example-call = Namba ya simu
example-call-hint = Ni ya kukupigia tu. Hakuna mwingine anayeiona.
example-about = Inahusu nini?
example-water = Maji
example-food = Chakula
example-other = Jambo lingine
example-agree = Mnaweza kuniuliza mara moja tena baada ya mwezi
example-agree-hint = Swali moja fupi. Unaweza kulisimamisha wakati wowote.
example-notice-good = Tumepata maneno yako.
example-notice-info = Kituo cha maji cha barabara ya Soko kinafunguliwa saa moja asubuhi.
example-notice-warn = Mtandao ni dhaifu. Ukurasa huu ni wa asubuhi.
example-notice-bad = Fomu haijakamilika. Hakuna kilichopotea.
example-refusal = Hatuipati namba hii
example-refusal-advice = Namba ina herufi na tarakimu nane. Tafadhali ilinganishe na ujumbe wako ujaribu tena.
example-refusal-next = Jaribu tena
example-empty = Bado hakuna aliyesema jambo hapa
example-empty-next = Kuwa wa kwanza. Ni dakika mbili, bila jina.
example-card = Kisima
example-card-body = Vituo viwili vya maji vinafanya kazi. Kimoja kinatengenezwa hadi Alhamisi.
example-quote = Maji hayajafika mtaani kwetu kwa siku mbili. Watoto wana kiu.
example-quote-about = Kwa SMS, saa mbili zilizopita
example-number = sauti wiki hii
example-number-note = zimehesabiwa asubuhi
example-women = Wanawake mkutanoni
example-answer = Jibu
example-owner = kamati ya maji
example-event-act = Lori limeondoka.
example-event-decide = Mkutano umekubali malori mawili ya maji.
example-event-speak = Watu kumi na watano wamesema maji hakuna.
example-row-note = Nyuma ya shule, Mtoni. Bado hakuna aliyejibu.
example-table = Sauti kwa eneo
example-map = Sauti za Mtoni na maeneo ya jirani
example-knot-reason = Malori mawili ya maji, kwa sababu pampu haitatengenezwa wiki hii. Watu 41 walipiga kura.
example-knot-waits = Malori yamepakiwa. Imebaki siku moja.
example-knot-broke = Malori hayakuja, kwa sababu daraja lilifungwa. Hatua inayofuata ni mashua.
