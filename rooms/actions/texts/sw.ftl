# review: unreviewed
# SMS: one part of 160 characters each, also with the longest values. Checked by a test.
sms-did-it-arrive = { $code }: Kamati inasema { $what } imefika. Je, umepata? Jibu NDIYO au HAPANA. Ukijibu HAPANA, tunafungua tena.
sms-task-set = { $code }: { $who } inashughulikia hili. Lifanyike kabla ya { $day }. Kisha tutakuuliza kama limefika.
sms-task-set-nobody = { $code }: Kuna mtu anashughulikia hili. Lifanyike kabla ya { $day }. Kisha tutakuuliza kama limefika.
sms-next-step = { $code }: Watu wamesema haikufika. Tunawaamini. Hatua inayofuata: { $what }, kabla ya { $day }.
sms-task-referred = { $code }: Hili ni la { $who }. Tumewapelekea. Tuma msimbo kuona limefikia wapi.

## Refusals
refused-task-unknown = Hakuna kazi kama hiyo
refused-task-unknown-advice = Tazama nambari tena, au itafute kwenye orodha ya kazi.
refused-task-ended = Kazi hii imekwisha
refused-task-ended-advice = Imefanywa, imeachwa au imepelekwa kwingine. Fungua orodha kuona kilichobaki.
refused-task-of-others = Kazi hii ni ya kikundi kingine
refused-task-of-others-advice = Wanachama wake tu ndio wanaoweza kuifanyia kazi. Muulize mmoja wao, au mwezeshaji.
refused-task-held = Mtu mwingine ana kazi hii
refused-task-held-advice = Mwombe aiachie au akukabidhi.
refused-task-to-nobody = Hakuna aliyechaguliwa kuichukua
refused-task-to-nobody-advice = Chagua mwanachama aliye hapa.
refused-task-what-empty = Haisemi nini kifanyike
refused-task-what-empty-advice = Sema kwa mstari mmoja ambao kila mtu anaelewa.
refused-task-arrived-empty = Haisemi nini kimefika
refused-task-arrived-empty-advice = Sema kwa maneno machache watu sasa wana nini. Wataulizwa kuhusu hicho hicho.
refused-task-how-empty = Haisemi ililetwaje
refused-task-how-empty-advice = Sema ililetwaje na wapi, ili wengine waweze kutazama.
refused-task-reason-empty = Tafadhali sema kwa nini
refused-task-reason-empty-advice = Kila mtu anaweza kusoma sababu. Hapana bila sababu si jibu.
refused-task-refer-to-whom = "Si yetu" lazima iseme ni ya nani
refused-task-refer-to-whom-advice = Chagua kikundi kinachopaswa kuifanya, au andika jina lake.
refused-task-words-long = Maneno haya ni marefu mno
refused-task-words-long-advice = Tumia herufi zisizozidi { $most }.
refused-task-needs-many = Mahitaji ni mengi mno kwa kazi moja
refused-task-needs-many-advice = Yasizidi { $most }. Tengeneza kazi zaidi.
refused-task-need-unknown = Hakuna hitaji lenye nambari hiyo
refused-task-need-unknown-advice = Tazama orodha ya mahitaji: yanaitwa N-1, N-2 na kuendelea.
refused-task-body-unknown = Hakuna kikundi kama hicho
refused-task-body-unknown-advice = Chagua kimoja kwenye orodha. Msimamizi anaweza kuongeza kingine.
refused-task-kind-unknown = Hakuna aina hiyo ya kazi
refused-task-kind-unknown-advice = Iweke kutoka kwenye orodha ya kazi.
refused-task-when = Kazi inahitaji siku inayofaa
refused-task-when-advice = Chagua siku ya mwisho: leo au baadaye, ndani ya miaka miwili.
refused-task-owed = Kazi hii haiwezi kuachwa
refused-task-owed-advice = Watu waliambiwa hatua inayofuata inakuja. Itaje, leta, au sema ni ya nani.
refused-task-no-step = Hakuna hatua inayoombwa hapa
refused-task-no-step-advice = Imeshatajwa, au hakuna aliyesema haikufika.
refused-task-not-delivered = Bado hakijaletwa kitu
refused-task-not-delivered-advice = Sema kwanza nini kimefika; kisha uliza kwenye mkutano.
refused-task-hands = Hesabu hii ya mikono si sahihi
refused-task-hands-advice = Hesabu waliopo, kisha NDIYO, kisha HAPANA. NDIYO na HAPANA pamoja haziwezi kuzidi waliopo.
refused-task-no-promise = Uamuzi huu hausubiri ahadi yoyote
refused-task-no-promise-advice = Haukuahidi kitu, au ahadi imetimizwa.

## The list
actions-list-open = Yanayopaswa kufanywa
actions-list-mine = Kazi zangu
actions-list-bodies = Kazi za vikundi vyangu
actions-list-overdue = Zilizochelewa
actions-list-done = Zilizokwisha
actions-list-empty = Hakuna kitu kwenye orodha hii
actions-list-empty-next = Tazama yanayopaswa kufanywa na wengine, au weka kazi mpya.
actions-to-take-up = Ahadi za kuchukuliwa
actions-take-up = Ichukue kama kazi
actions-by-area = Eneo moja tu
actions-area = Eneo
actions-area-all = mji wote
actions-area-unshown = eneo lisilo la umma
actions-show = Onyesha
actions-count-mine = kazi zangu
actions-count-overdue = kazi zilizochelewa
actions-back = Rudi kwenye kazi

## How a task stands
actions-status-open = hakuna aliye nayo
actions-status-claimed = mtu anaifanyia kazi
actions-status-delivered = inasemekana imefika
actions-status-dropped = haitafanyika
actions-status-referred = imepelekwa kwingine
actions-status-met = imejibiwa na kazi nyingine
actions-kind-promise = ahadi
actions-kind-committee = haikufika
actions-kind-do = kazi
actions-overdue-by = imechelewa { $span }
actions-due-today = mwisho leo
actions-due-on = kabla ya { $day }
actions-body-none = bado hakuna kikundi
actions-member-former = mwanachama wa zamani

## A new task
actions-new = Kazi mpya
actions-new-lead = Kila mtu anaweza kusoma hili. Waliozungumzia hitaji wanaambiwa nani analifanyia kazi na hadi lini.
actions-what = Nini kifanyike?
actions-what-hint = Mstari mmoja kwa maneno rahisi, bila jina la mtu.
actions-need = Kwa hitaji gani?
actions-need-hint = Nambari yake, kama N-88.
actions-body = Nani anapaswa kuifanya?
actions-body-hint = Kikundi kinachowajibika, hata cha nje.
actions-due = Siku ya mwisho
actions-set = Weka kazi

## One task
actions-fact-owner = Nani anapaswa kuifanya
actions-fact-holder = Nani anayo sasa
actions-fact-due = Hadi lini
actions-fact-arrived = Kilichofika
actions-fact-much = Kiasi gani
actions-fact-how = Vipi na wapi
actions-fact-day = Inasemekana ilifika
actions-fact-reason = Kwa nini hapana
actions-fact-whose = Ni ya nani
actions-fact-hands = Imeulizwa kwenye mkutano
actions-fact-decision = Iliahidiwa na
actions-hands-said = { $asked } walikuwapo, { $yes } NDIYO, { $no } HAPANA
actions-for-need = Hitaji lake
actions-committee-what = Baadhi ya watu wanasema haikufika: hatua inayofuata
actions-committee-lead = Tunawaamini, na tumewaambia hatua inayofuata inakuja kabla ya siku iliyo chini. Hakuna anayeonyeshwa wao ni nani.

## What can be done with it
actions-claim = Naichukua mimi
actions-release = Naiachia
actions-hand-over = Mkabidhi …
actions-deliver-title = Imefika
actions-arrived = Nini kimefika?
actions-arrived-hint = Maneno machache; yako kwenye SMS. Kwa mfano: lori la maji.
actions-much = Kiasi gani?
actions-much-hint = Kwa mfano: lita 5000 kwa siku.
actions-how = Vipi, na wapi?
actions-how-hint = Kila mtu anaweza kusoma hili. Usiandike majina ya watu.
actions-deliver-then = Kila aliyezungumzia hitaji anaulizwa sasa kama limefika. Majibu yao tu ndiyo yanayolifunga.
actions-deliver = Imefika: waulize
actions-step-title = Hatua inayofuata
actions-step = Nini kinafuata?
actions-step-hint = Maneno machache; yako kwenye SMS. Kwa mfano: lori linakuja Kitalu cha 4.
actions-step-then = Kila aliyezungumzia hitaji anaambiwa hili sasa. Zingatia siku waliyoambiwa.
actions-step-send = Waambie
actions-refer-title = Si yetu
actions-refer-body = Ni ya nani?
actions-refer-hint = Waliolizungumzia wanaambiwa ni la nani.
actions-refer-other = Au jina lingine
actions-refer = Ipeleke
actions-not-said = haijasemwa
actions-drop-title = Haitafanyika
actions-reason = Kwa nini hapana?
actions-reason-hint = Kila mtu anaweza kusoma hili.
actions-drop = Haitafanyika
actions-hands-title = Uliza kwenye mkutano
actions-hands-lead = Kwa wasio na simu: uliza kama imefika, na hesabu mikono. Mikono ya HAPANA ikizidi ya NDIYO inafunguliwa tena.
actions-hands-asked = Wako wangapi?
actions-hands-yes = Mikono ya NDIYO
actions-hands-no = Mikono ya HAPANA
actions-hands-keep = Hifadhi hesabu hii
actions-done-set = Kazi imewekwa.
actions-done-claimed = Sasa una kazi hii.
actions-done-released = Umeiachia. Yeyote anaweza kuichukua.
actions-done-handed = Imekabidhiwa.
actions-done-delivered = Imehifadhiwa. Waliozungumza wanaulizwa kama imefika.
actions-done-arrived = Imehifadhiwa: imefika.
actions-done-dropped = Imehifadhiwa, pamoja na sababu.
actions-done-referred = Imepelekwa, na waliozungumza wanaambiwa kwa nani.
actions-done-step = Waliozungumza wanaambiwa hatua inayofuata.
actions-done-hands = Hesabu imehifadhiwa.
actions-of-need = Hitaji ambalo ni sehemu yake

## What those who asked for it say
actions-answers-title = Je, imefika? Watu wanasema nini
actions-asked = Walioulizwa
actions-answered = Waliojibu
actions-yes = Waliosema NDIYO
actions-no = Waliosema HAPANA
actions-nobody = hakuna
actions-some = baadhi ya watu
actions-few = chini ya 5
actions-at-least = angalau { $n }
actions-counts-hidden = Idadi ya majibu bado haionyeshwi: ingewafichua watu mmoja mmoja.
actions-next-step-by = Hatua inayofuata inadaiwa kabla ya { $day }.
actions-stand-closed = imethibitishwa na walioiomba
actions-stand-reopened = imefunguliwa tena: wengine wanasema haikufika
actions-stand-not-confirmed = bado haijathibitishwa: waliosema NDIYO ni wachache
actions-stand-on = waliulizwa awali; kazi inaendelea

## The published rule
actions-rule-title = Kwa kanuni gani hitaji linafungwa au kufunguliwa tena
actions-rule-1 = Kila aliyezungumzia hitaji anaulizwa kama limefika. Kila mtu anajibu kwa ajili yake tu.
actions-rule-2 = HAPANA moja inafungua hitaji tena mara moja. Aliyesema anasikia hatua inayofuata ndani ya siku { $step }.
actions-rule-3 = Wote walioulizwa wakisema NDIYO, linafungwa. Angalau { $percent } kati ya 100 wakisema NDIYO na hakuna anayesema HAPANA, linafungwa baada ya siku { $days }.
actions-rule-4 = Ukimya si NDIYO kamwe. Hitaji ambalo wachache mno wamejibu linabaki "halijathibitishwa", hata kwa muda gani.
actions-rule-5 = Hitaji lililoletwa na mkutano linaweza kujibiwa huko pia, kwa mikono: zaidi ya nusu ya waliopo wakisema NDIYO, linafungwa; HAPANA zikizidi NDIYO, linafunguliwa tena.
actions-rule-6 = Hakuna anayeona nani alisema HAPANA. Idadi inaonekana tu kuanzia watu { $people }, au baada ya siku { $batch } kama "chini ya 5". Hakuna fedha wala orodha ya washindi inayotegemea hilo.
