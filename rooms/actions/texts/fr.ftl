# review: unreviewed
# SMS: one part of 160 characters each, also with the longest values. Checked by a test.
sms-did-it-arrive = { $code } : Le comité dit que ceci est arrivé : { $what }. L'avez-vous reçu ? Répondez OUI ou NON. Si NON, nous rouvrons.
sms-task-set = { $code } : { $who } s'en occupe. À faire avant le { $day }. Ensuite nous vous demandons si c'est arrivé.
sms-task-set-nobody = { $code } : Quelqu'un s'en occupe. À faire avant le { $day }. Ensuite nous vous demandons si c'est arrivé.
sms-next-step = { $code } : Des gens disent que ce n'est pas arrivé. Nous les croyons. La suite : { $what }, avant le { $day }.
sms-task-referred = { $code } : C'est à { $who } de le faire. Nous leur avons transmis. Envoyez le code pour suivre.

## Refusals
refused-task-unknown = Cette tâche n’existe pas
refused-task-unknown-advice = Regardez encore son numéro, ou cherchez-la dans la liste des tâches.
refused-task-ended = Cette tâche est finie
refused-task-ended-advice = Elle a été faite, abandonnée ou transmise. Ouvrez la liste pour voir ce qui reste.
refused-task-of-others = Cette tâche est à un autre groupe
refused-task-of-others-advice = Seuls ses membres peuvent y agir. Demandez à l’un d’eux, ou à un facilitateur.
refused-task-held = Quelqu’un d’autre a cette tâche
refused-task-held-advice = Demandez-lui de la lâcher ou de vous la passer.
refused-task-to-nobody = Personne n’a été choisi pour la prendre
refused-task-to-nobody-advice = Choisissez un membre qui est ici.
refused-task-what-empty = On ne dit pas ce qui est à faire
refused-task-what-empty-advice = Dites-le en une ligne que tout le monde comprend.
refused-task-arrived-empty = On ne dit pas ce qui est arrivé
refused-task-arrived-empty-advice = Dites en peu de mots ce que les gens ont maintenant. On leur demandera exactement cela.
refused-task-how-empty = On ne dit pas comment c’est arrivé
refused-task-how-empty-advice = Dites comment et où cela a été apporté, pour que d’autres puissent regarder.
refused-task-reason-empty = Dites pourquoi
refused-task-reason-empty-advice = Tout le monde peut lire la raison. Un non sans raison n’est pas une réponse.
refused-task-refer-to-whom = « Pas à nous » doit dire à qui
refused-task-refer-to-whom-advice = Choisissez le groupe qui doit le faire, ou écrivez son nom.
refused-task-words-long = Ces mots sont trop longs
refused-task-words-long-advice = Au plus { $most } lettres.
refused-task-needs-many = Cela fait trop de besoins pour une tâche
refused-task-needs-many-advice = Au plus { $most }. Faites plusieurs tâches.
refused-task-need-unknown = Aucun besoin n’a ce numéro
refused-task-need-unknown-advice = Regardez la liste des besoins : ils s’appellent N-1, N-2 et ainsi de suite.
refused-task-body-unknown = Ce groupe n’existe pas
refused-task-body-unknown-advice = Choisissez un de ceux de la liste. Un intendant peut en ajouter.
refused-task-kind-unknown = Ce genre de tâche n’existe pas
refused-task-kind-unknown-advice = Créez-la depuis la liste des tâches.
refused-task-when = Une tâche a besoin d’un jour qui convient
refused-task-when-advice = Choisissez le dernier jour : aujourd’hui ou plus tard, dans les deux ans.
refused-task-owed = Cette tâche ne peut pas être abandonnée
refused-task-owed-advice = On a dit aux gens qu’une suite vient. Nommez-la, livrez, ou dites à qui c’est.
refused-task-no-step = Aucune suite n’est demandée ici
refused-task-no-step-advice = Elle est déjà nommée, ou personne n’a dit que ce n’est pas arrivé.
refused-task-not-delivered = Rien n’a encore été livré
refused-task-not-delivered-advice = Dites d’abord ce qui est arrivé ; demandez ensuite à la réunion.
refused-task-hands = Ces mains ne peuvent pas être justes
refused-task-hands-advice = Comptez les présents, puis OUI, puis NON. OUI et NON ensemble ne dépassent jamais les présents.
refused-task-no-promise = Cette décision n’attend aucune promesse
refused-task-no-promise-advice = Elle n’a rien promis, ou la promesse est tenue.

## The list
actions-list-open = Ce qui est à faire
actions-list-mine = Mes tâches
actions-list-bodies = Tâches de mes groupes
actions-list-overdue = En retard
actions-list-done = Finies
actions-list-empty = Rien sur cette liste
actions-list-empty-next = Regardez ce que d’autres ont à faire, ou créez une tâche.
actions-to-take-up = Promesses à prendre en main
actions-take-up = En faire une tâche
actions-by-area = Un seul quartier
actions-area = Quartier
actions-area-all = toute la ville
actions-area-unshown = un quartier qui n’est pas public
actions-show = Montrer
actions-count-mine = tâches à moi
actions-count-overdue = tâches en retard
actions-back = Retour aux tâches

## How a task stands
actions-status-open = personne ne l’a
actions-status-claimed = quelqu’un s’en occupe
actions-status-delivered = dit arrivé
actions-status-dropped = ne sera pas fait
actions-status-referred = transmis
actions-status-met = répondu par une autre tâche
actions-kind-promise = promesse
actions-kind-committee = pas arrivé
actions-kind-do = tâche
actions-overdue-by = en retard de { $span }
actions-due-today = pour aujourd’hui
actions-due-on = avant { $day }
actions-body-none = aucun groupe encore
actions-member-former = un ancien membre

## A new task
actions-new = Nouvelle tâche
actions-new-lead = Tout le monde peut lire ceci. Ceux qui ont parlé du besoin apprennent qui s’en occupe et jusqu’à quand.
actions-what = Que faut-il faire ?
actions-what-hint = Une ligne en mots simples, sans le nom de personne.
actions-need = Pour quel besoin ?
actions-need-hint = Son numéro, par exemple N-88.
actions-body = Qui doit le faire ?
actions-body-hint = Le groupe qui en répond, aussi un groupe de l’extérieur.
actions-due = Dernier jour
actions-set = Créer la tâche

## One task
actions-fact-owner = Qui doit le faire
actions-fact-holder = Qui l’a maintenant
actions-fact-due = Pour quand
actions-fact-arrived = Ce qui est arrivé
actions-fact-much = Combien
actions-fact-how = Comment et où
actions-fact-day = Dit arrivé le
actions-fact-reason = Pourquoi non
actions-fact-whose = À qui c’est
actions-fact-hands = Demandé à une réunion
actions-fact-decision = Promis par
actions-hands-said = { $asked } présents, { $yes } OUI, { $no } NON
actions-for-need = Le besoin concerné
actions-committee-what = Des gens disent que ce n’est pas arrivé : la suite
actions-committee-lead = Nous les croyons, et nous leur avons dit qu’une suite vient avant le jour ci-dessous. Personne ne voit qui c’est.

## What can be done with it
actions-claim = Je m’en charge
actions-release = Je la lâche
actions-hand-over = La passer à …
actions-deliver-title = C’est arrivé
actions-arrived = Qu’est-ce qui est arrivé ?
actions-arrived-hint = Peu de mots ; ils sont dans le SMS. Par exemple : un camion d’eau.
actions-much = Combien ?
actions-much-hint = Par exemple : 5000 litres par jour.
actions-how = Comment, et où ?
actions-how-hint = Tout le monde peut lire ceci. Pas de noms de personnes.
actions-deliver-then = Tous ceux qui ont parlé du besoin sont interrogés maintenant : est-ce arrivé ? Seules leurs réponses le ferment.
actions-deliver = C’est arrivé : demandez-leur
actions-step-title = La suite
actions-step = Que fait-on ensuite ?
actions-step-hint = Peu de mots ; ils sont dans le SMS. Par exemple : le camion vient au Bloc 4.
actions-step-then = Tous ceux qui ont parlé du besoin l’apprennent maintenant. Tenez le jour annoncé.
actions-step-send = Leur dire
actions-refer-title = Ce n’est pas à nous
actions-refer-body = À qui est-ce ?
actions-refer-hint = Ceux qui en ont parlé apprennent à qui c’est.
actions-refer-other = Ou un autre nom
actions-refer = Transmettre
actions-not-said = non dit
actions-drop-title = Ce ne sera pas fait
actions-reason = Pourquoi non ?
actions-reason-hint = Tout le monde peut lire ceci.
actions-drop = Ce ne sera pas fait
actions-hands-title = Demander à une réunion
actions-hands-lead = Pour ceux qui n’ont pas de téléphone : demandez si c’est arrivé, et comptez les mains. Plus de NON que de OUI rouvrent le besoin.
actions-hands-asked = Combien sont là ?
actions-hands-yes = Mains pour OUI
actions-hands-no = Mains pour NON
actions-hands-keep = Garder ce compte
actions-done-set = La tâche est créée.
actions-done-claimed = Cette tâche est à vous maintenant.
actions-done-released = Vous l’avez lâchée. Tout le monde peut la prendre.
actions-done-handed = Elle est passée à quelqu’un d’autre.
actions-done-delivered = Gardé. On demande à ceux qui ont parlé si c’est arrivé.
actions-done-arrived = Gardé : c’est arrivé.
actions-done-dropped = Gardé, avec la raison.
actions-done-referred = C’est transmis, et ceux qui ont parlé apprennent à qui.
actions-done-step = Ceux qui ont parlé apprennent la suite.
actions-done-hands = Le compte est gardé.
actions-of-need = Le besoin auquel cela appartient

## What those who asked for it say
actions-answers-title = Est-ce arrivé ? Ce que disent les gens
actions-asked = Interrogés
actions-answered = Ont répondu
actions-yes = Ont dit OUI
actions-no = Ont dit NON
actions-nobody = personne
actions-some = quelques personnes
actions-few = moins de 5
actions-at-least = au moins { $n }
actions-counts-hidden = Le nombre de réponses n’est pas encore montré : il trahirait des personnes.
actions-next-step-by = La suite est due avant { $day }.
actions-stand-closed = confirmé par ceux qui l’ont demandé
actions-stand-reopened = rouvert : des gens disent que ce n’est pas arrivé
actions-stand-not-confirmed = pas encore confirmé : trop peu ont dit OUI
actions-stand-on = déjà demandé ; le travail continue

## The published rule
actions-rule-title = Selon quelle règle un besoin se ferme ou se rouvre
actions-rule-1 = Tous ceux qui ont parlé du besoin sont interrogés : est-ce arrivé ? Chacun répond seulement pour soi.
actions-rule-2 = Un seul NON rouvre le besoin tout de suite. Qui l’a dit apprend la suite dans les { $step } jours.
actions-rule-3 = Quand tous les interrogés disent OUI, il se ferme. Quand au moins { $percent } sur 100 disent OUI et que personne ne dit NON, il se ferme après { $days } jours.
actions-rule-4 = Le silence n’est jamais un OUI. Un besoin dont trop peu ont parlé reste « non confirmé », aussi longtemps qu’il faut.
actions-rule-5 = Un besoin porté par une assemblée peut aussi recevoir sa réponse là, à mains levées : plus de la moitié des présents disent OUI, il se ferme ; plus de NON que de OUI, il est rouvert.
actions-rule-6 = Personne ne voit qui a dit NON. Combien ne se voit qu’à partir de { $people } personnes, ou après { $batch ->
    [one] un jour
   *[other] { $batch } jours
 } comme « moins de 5 ». Ni argent ni classement n’en dépend.
