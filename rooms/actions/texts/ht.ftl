# review: unreviewed
# SMS: one part of 160 characters each, also with the longest values. Checked by a test.
sms-did-it-arrive = { $code }: Komite a di sa rive: { $what }. Eske ou jwenn li? Reponn WI oswa NON. Si se NON, nou louvri l ankò.
sms-task-set = { $code }: { $who } ap travay sou sa. Li dwe fèt anvan { $day }. Apre sa n ap mande w si li rive.
sms-task-set-nobody = { $code }: Gen moun k ap travay sou sa. Li dwe fèt anvan { $day }. Apre sa n ap mande w si li rive.
sms-next-step = { $code }: Gen moun ki di li pa rive. Nou kwè yo. Pwochen etap: { $what }, anvan { $day }.
sms-task-referred = { $code }: Sa se pou { $who }. Nou voye l ba yo. Voye kòd la pou wè kote sa ye.

## Refusals
refused-task-unknown = Travay sa a pa egziste
refused-task-unknown-advice = Gade nimewo a ankò, oswa chèche l nan lis travay yo.
refused-task-ended = Travay sa a fini
refused-task-ended-advice = Yo fè l, yo kite l, oswa yo voye l bay lòt. Louvri lis la pou wè sa ki rete.
refused-task-of-others = Travay sa a se pou yon lòt gwoup
refused-task-of-others-advice = Se manm li yo sèlman ki ka aji. Mande youn nan yo, oswa yon fasilitatè.
refused-task-held = Yon lòt moun gen travay sa a
refused-task-held-advice = Mande l pou l lage l oswa pou l pase l ba ou.
refused-task-to-nobody = Ou pa chwazi pèsonn pou pran l
refused-task-to-nobody-advice = Chwazi yon manm ki la.
refused-task-what-empty = Li pa di kisa ki dwe fèt
refused-task-what-empty-advice = Di l nan yon liy tout moun ka konprann.
refused-task-arrived-empty = Li pa di kisa ki rive
refused-task-arrived-empty-advice = Di nan kèk mo sa moun yo genyen kounye a. Se sou sa menm y ap mande yo.
refused-task-how-empty = Li pa di kijan yo pote l
refused-task-how-empty-advice = Di kijan ak ki kote yo pote l, pou lòt moun ka gade.
refused-task-reason-empty = Tanpri di poukisa
refused-task-reason-empty-advice = Tout moun ka li rezon an. Yon non san rezon se pa yon repons.
refused-task-refer-to-whom = "Pa pou nou" dwe di pou kiyès
refused-task-refer-to-whom-advice = Chwazi gwoup ki dwe fè l la, oswa ekri non li.
refused-task-words-long = Mo sa yo twò long
refused-task-words-long-advice = Sèvi ak { $most } lèt pou pi plis.
refused-task-needs-many = Sa fè twòp bezwen pou yon sèl travay
refused-task-needs-many-advice = { $most } pou pi plis. Fè plizyè travay.
refused-task-need-unknown = Pa gen bezwen ak nimewo sa a
refused-task-need-unknown-advice = Gade lis bezwen yo: yo rele N-1, N-2 epi konsa.
refused-task-body-unknown = Gwoup sa a pa egziste
refused-task-body-unknown-advice = Chwazi youn nan lis la. Yon responsab ka ajoute yon lòt.
refused-task-kind-unknown = Kalite travay sa a pa egziste
refused-task-kind-unknown-advice = Kreye l nan lis travay yo.
refused-task-when = Yon travay bezwen yon jou ki bon
refused-task-when-advice = Chwazi dènye jou a: jodi a oswa pita, nan dezan.
refused-task-owed = Ou pa ka kite travay sa a
refused-task-owed-advice = Yo di moun yo gen yon lòt etap k ap vini. Di kisa l ye, pote l, oswa di pou kiyès li ye.
refused-task-no-step = Yo pa mande lòt etap isit la
refused-task-no-step-advice = Yo di l deja, oswa pèsonn pa di li pa rive.
refused-task-not-delivered = Anyen poko rive
refused-task-not-delivered-advice = Di anvan kisa ki rive; apre sa mande nan reyinyon an.
refused-task-hands = Men sa yo pa ka bon
refused-task-hands-advice = Konte moun ki la yo, apre sa WI, apre sa NON. WI ak NON ansanm pa ka depase moun ki la yo.
refused-task-no-promise = Desizyon sa a pa tann okenn pwomès
refused-task-no-promise-advice = Li pa t pwomèt anyen, oswa pwomès la kenbe.

## The list
actions-list-open = Sa ki dwe fèt
actions-list-mine = Travay pa m
actions-list-bodies = Travay gwoup mwen yo
actions-list-overdue = An reta
actions-list-done = Fini
actions-list-empty = Anyen sou lis sa a
actions-list-empty-next = Gade sa lòt moun dwe fè, oswa kreye yon travay.
actions-to-take-up = Pwomès pou pran an men
actions-take-up = Fè l tounen yon travay
actions-by-area = Yon sèl katye
actions-area = Katye
actions-area-all = tout vil la
actions-area-unshown = yon katye ki pa piblik
actions-show = Montre
actions-count-mine = travay pa m
actions-count-overdue = travay an reta
actions-back = Tounen nan travay yo

## How a task stands
actions-status-open = pèsonn pa gen l
actions-status-claimed = gen moun k ap fè l
actions-status-delivered = yo di li rive
actions-status-dropped = pa p fèt
actions-status-referred = voye bay lòt
actions-status-met = yon lòt travay reponn li
actions-kind-promise = pwomès
actions-kind-committee = li pa rive
actions-kind-do = travay
actions-overdue-by = an reta { $span }
actions-due-today = pou jodi a
actions-due-on = anvan { $day }
actions-body-none = poko gen gwoup
actions-member-former = yon ansyen manm

## A new task
actions-new = Nouvo travay
actions-new-lead = Tout moun ka li sa. Moun ki te pale de bezwen an ap konnen kiyès k ap fè l ak ki lè.
actions-what = Kisa ki dwe fèt?
actions-what-hint = Yon liy ak mo senp, san non pèsonn.
actions-need = Pou ki bezwen?
actions-need-hint = Nimewo li, tankou N-88.
actions-body = Kiyès ki dwe fè l?
actions-body-hint = Gwoup ki responsab la, menm si li soti deyò.
actions-due = Dènye jou
actions-set = Kreye travay la

## One task
actions-fact-owner = Kiyès ki dwe fè l
actions-fact-holder = Kiyès ki gen l kounye a
actions-fact-due = Pou kilè
actions-fact-arrived = Sa ki rive
actions-fact-much = Konbyen
actions-fact-how = Kijan ak ki kote
actions-fact-day = Yo di li rive
actions-fact-reason = Poukisa non
actions-fact-whose = Pou kiyès li ye
actions-fact-hands = Mande nan yon reyinyon
actions-fact-decision = Ki pwomèt la
actions-hands-said = { $asked } moun la, { $yes } WI, { $no } NON
actions-for-need = Bezwen li reponn lan
actions-committee-what = Gen moun ki di li pa rive: pwochen etap la
actions-committee-lead = Nou kwè yo, epi nou di yo gen yon lòt etap anvan jou ki anba a. Pèsonn pa wè kiyès yo ye.

## What can be done with it
actions-claim = Mwen pran l
actions-release = Mwen lage l
actions-hand-over = Pase l bay …
actions-deliver-title = Li rive
actions-arrived = Kisa ki rive?
actions-arrived-hint = Kèk mo; yo nan SMS la. Pa egzanp: yon kamyon dlo.
actions-much = Konbyen?
actions-much-hint = Pa egzanp: 5000 lit chak jou.
actions-how = Kijan, ak ki kote?
actions-how-hint = Tout moun ka li sa. Pa mete non moun.
actions-deliver-then = Y ap mande tout moun ki te pale de bezwen an kounye a si li rive. Se repons yo sèlman ki fèmen l.
actions-deliver = Li rive: mande yo
actions-step-title = Pwochen etap la
actions-step = Kisa k ap fèt kounye a?
actions-step-hint = Kèk mo; yo nan SMS la. Pa egzanp: kamyon an ap vini nan Blòk 4.
actions-step-then = Y ap di tout moun ki te pale de bezwen an sa kounye a. Kenbe jou yo te di yo a.
actions-step-send = Di yo sa
actions-refer-title = Se pa pou nou
actions-refer-body = Pou kiyès li ye?
actions-refer-hint = Moun ki te pale de sa yo ap konnen pou kiyès li ye.
actions-refer-other = Oswa yon lòt non
actions-refer = Voye l bay yo
actions-not-said = pa di
actions-drop-title = Li pa p fèt
actions-reason = Poukisa non?
actions-reason-hint = Tout moun ka li sa.
actions-drop = Li pa p fèt
actions-hands-title = Mande nan yon reyinyon
actions-hands-lead = Pou moun ki pa gen telefòn: mande si li rive, epi konte men. Si gen plis NON pase WI, li louvri ankò.
actions-hands-asked = Konbyen moun ki la?
actions-hands-yes = Men pou WI
actions-hands-no = Men pou NON
actions-hands-keep = Kenbe konte sa a
actions-done-set = Travay la kreye.
actions-done-claimed = Ou gen travay sa a kounye a.
actions-done-released = Ou lage l. Nenpòt moun ka pran l.
actions-done-handed = Yo pase l bay yon lòt moun.
actions-done-delivered = Nou kenbe l. Y ap mande moun ki te pale yo si li rive.
actions-done-arrived = Nou kenbe l: li rive.
actions-done-dropped = Nou kenbe l, ak rezon an.
actions-done-referred = Yo voye l, epi moun ki te pale yo ap konnen bay kiyès.
actions-done-step = Moun ki te pale yo ap konnen pwochen etap la.
actions-done-hands = Nou kenbe konte a.
actions-of-need = Bezwen li ladan l lan

## What those who asked for it say
actions-answers-title = Eske li rive? Sa moun yo di
actions-asked = Yo mande
actions-answered = Yo reponn
actions-yes = Di WI
actions-no = Di NON
actions-nobody = pèsonn
actions-some = kèk moun
actions-few = mwens pase 5
actions-at-least = omwen { $n }
actions-counts-hidden = Nou poko montre konbyen moun ki reponn: sa ta fè konnen kiyès yo ye.
actions-next-step-by = Pwochen etap la dwe fèt anvan { $day }.
actions-stand-closed = moun ki te mande l yo konfime
actions-stand-reopened = louvri ankò: gen moun ki di li pa rive
actions-stand-not-confirmed = poko konfime: twò piti moun di WI
actions-stand-on = yo te mande deja; travay la ap kontinye

## The published rule
actions-rule-title = Ki règ ki fèmen oswa louvri yon bezwen ankò
actions-rule-1 = Yo mande tout moun ki te pale de bezwen an si li rive. Chak moun reponn pou tèt pa l sèlman.
actions-rule-2 = Yon sèl NON louvri bezwen an ankò touswit. Moun ki di l la ap konnen pwochen etap la nan { $step } jou.
actions-rule-3 = Lè tout moun yo mande yo di WI, li fèmen. Lè omwen { $percent } sou 100 di WI epi pèsonn pa di NON, li fèmen apre { $days } jou.
actions-rule-4 = Silans pa janm yon WI. Yon bezwen ki pa gen ase repons rete "pa konfime", kèlkeswa tan an.
actions-rule-5 = Yon bezwen yon asanble te leve ka jwenn repons la tou, ak men: plis pase mwatye moun ki la yo di WI, li fèmen; plis NON pase WI, li louvri ankò.
actions-rule-6 = Pèsonn pa wè kiyès ki di NON. Konbyen parèt sèlman apati { $people } moun, oswa apre { $batch } jou kòm "mwens pase 5". Ni lajan ni klasman pa depann de sa.
