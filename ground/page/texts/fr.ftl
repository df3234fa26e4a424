# Les phrases du kit de pages, en français.
# review: unreviewed

## The frame
skip-to-content = Aller à la page
menu = Menu
language = Langue
sign-out = Se déconnecter
demo-banner = Ceci est une ville de démonstration. Ses habitants et ses lieux sont inventés.
hidden-banner = Le mode caché est actif. Les pages publiques sont fermées et les téléphones les oublient.
footer-line = Parler, suivre, recevoir une réponse. Les noms et les numéros ne sont jamais montrés.
aloud-read = Lire cette page à voix haute
aloud-stop = Arrêter la lecture
print-large = Grands caractères
print-usual = Caractères habituels
rebuilding = Les pages sont remises en ordre après une mise à jour. Revenez dans quelques minutes, s’il vous plaît. Rien n’est perdu.

## Forms
field-optional = (vous pouvez laisser vide)
field-wrong = Regardez ici, s’il vous plaît :
offline-kept = Pas de réseau pour le moment. Vos mots sont gardés sur ce téléphone. Ils partiront une seule fois, au retour du réseau.
offline-sent = Vos mots sont partis. Votre code :
offline-follow = Suivre
offline-refused = Vos mots n’ont pas pu être reçus. Ils sont encore sur ce téléphone. Ouvrez la page et essayez encore.
offline-waits = Des mots qui n’ont pas pu être reçus sont encore sur ce téléphone. Sont-ils à vous ?
offline-bring = Les reprendre
offline-drop = Les jeter
offline-room = Il n’y a pas de place sur ce téléphone pour garder l’enregistrement. Restez sur cette page et envoyez-le quand le réseau revient. Vous pouvez aussi enlever l’enregistrement et envoyer seulement vos mots.

## How things stand
tone-good = C’est bon.
tone-info = Bon à savoir.
tone-warn = Attention.
tone-bad = Cela n’a pas marché.
haste-calm = pas pressé
haste-soon = cette semaine
haste-urgent = urgent
haste-grave = vie en danger
refusal-code = Si vous demandez de l’aide, donnez ceci :
code-yours = Votre code
code-keep = Notez-le. Avec lui, vous verrez la suite.
number-unknown = pas connu
number-of = { $part } sur { $whole }
as-table = Voir en tableau
pager = Pages
pager-before = Avant
pager-after = Suite

## The thread
knot-voice = Voix
knot-need = Besoin
knot-decision = Décision
knot-allocation = Argent
knot-action = Action
knot-answer = Réponse
knot-confirmation = Votre oui ou non
knot-done = fait
knot-pending = en attente
knot-broken = arrêté ici
knot-notyet = pas encore
knot-by = avant { $when }
knot-owner = Par { $owner }
knot-owner-open = On attend { $owner }
thread-caption = Les étapes d’une voix à sa réponse
thread-whole = { $all ->
    [one] La seule étape est faite.
   *[other] Les { $all } étapes sont faites.
 }
thread-waiting = { $done ->
    [one] { $done } étape sur { $all } est faite. En attente : { $name }.
   *[other] { $done } étapes sur { $all } sont faites. En attente : { $name }.
 }
thread-broken = { $done ->
    [one] { $done } étape sur { $all } est faite. Arrêté à : { $name }.
   *[other] { $done } étapes sur { $all } sont faites. Arrêté à : { $name }.
 }
thread-so-far = { $done ->
    [one] { $done } étape sur { $all } est faite.
   *[other] { $done } étapes sur { $all } sont faites.
 }
column-step = Étape
column-state = État
column-when = Quand
column-who = Qui
column-note = Note
column-area = Quartier
column-count = Nombre

## The clock
clock-left = reste { $span }
clock-late = retard : { $span }
clock-given = Temps donné : { $span }
clock-owner = On attend { $owner }

## The map
map-no-data = pas de chiffres
map-own = votre quartier
map-community = dessiné par les habitants

## Time
just-now = à l’instant
ago-minutes = { $n ->
    [one] il y a { $n } minute
   *[other] il y a { $n } minutes
 }
ago-hours = { $n ->
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
 }
ago-days = { $n ->
    [one] il y a { $n } jour
   *[other] il y a { $n } jours
 }
ahead-minutes = { $n ->
    [one] dans { $n } minute
   *[other] dans { $n } minutes
 }
ahead-hours = { $n ->
    [one] dans { $n } heure
   *[other] dans { $n } heures
 }
ahead-days = { $n ->
    [one] dans { $n } jour
   *[other] dans { $n } jours
 }
span-moment = moins d’une minute
span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
 }
span-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
 }
span-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
 }
date = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
 }
date-weekday = { $day ->
    [1] { $weekday } 1er { $month }
   *[other] { $weekday } { $day } { $month }
 }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche

## The kit page
kit-title = Le kit de pages
example-say = Dire quelque chose
example-say-about = Un besoin, une question, une plainte, un merci
example-follow = Suivre un code
example-follow-about = Voir ce que vos mots sont devenus
example-forget = Oublier mes mots
example-send = Envoyer
example-words = Que voulez-vous dire ?
example-words-hint = Vos mots servent à trouver qui peut aider. Écrivez dans votre langue.
example-place = Où est-ce ?
example-place-wrong = Nommez une rue, une école, une église ou une mosquée proche.
example-call = Numéro de téléphone
example-call-hint = Seulement pour vous rappeler. Personne d’autre ne le voit.
example-about = De quoi s’agit-il ?
example-water = Eau
example-food = Nourriture
example-other = Autre chose
example-agree = Vous pouvez me demander encore une fois dans un mois
example-agree-hint = Une courte question. Vous pouvez arrêter à tout moment.
example-notice-good = Nous avons vos mots.
example-notice-info = Le point d’eau de la rue Soko ouvre à sept heures.
example-notice-warn = Le réseau est faible. Cette page date de ce matin.
example-notice-bad = Le formulaire n’est pas complet. Rien n’est perdu.
example-refusal = Nous ne trouvons pas ce code
example-refusal-advice = Un code a huit lettres et chiffres. Comparez-le avec votre message et essayez encore.
example-refusal-next = Essayer encore
example-empty = Rien n’a encore été dit ici
example-empty-next = Soyez la première personne. Deux minutes, sans donner de nom.
example-card = Kisima
example-card-body = Deux points d’eau marchent. Un autre est en réparation jusqu’à jeudi.
example-quote = L’eau n’arrive plus dans notre rue depuis deux jours. Les enfants ont soif.
example-quote-about = Par SMS, il y a deux heures
example-number = voix cette semaine
example-number-note = compté ce matin
example-women = Femmes à la réunion
example-answer = Réponse
example-owner = le comité de l’eau
example-event-act = Le camion a quitté le dépôt.
example-event-decide = La réunion a dit oui à deux camions d’eau.
example-event-speak = Quinze personnes ont dit que l’eau manque.
example-row-note = Derrière l’école, Mtoni. Personne n’a encore répondu.
example-table = Voix par quartier
example-map = Voix à Mtoni et dans les quartiers voisins
example-knot-reason = Deux camions d’eau, car la pompe ne sera pas réparée cette semaine. 41 personnes ont voté.
example-knot-waits = Les camions sont chargés. Il reste un jour.
example-knot-broke = Les camions ne sont pas venus, car le pont était fermé. L’étape suivante est un bateau.
