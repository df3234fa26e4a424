# Las frases del kit de páginas, en español.
# review: unreviewed

## The frame
skip-to-content = Ir a la página
menu = Menú
language = Idioma
sign-out = Salir
demo-banner = Esta es una ciudad de demostración. Su gente y sus lugares son inventados.
hidden-banner = El modo oculto está activo. Las páginas públicas están cerradas y los teléfonos las olvidan.
footer-line = Hablar, seguir, recibir respuesta. Los nombres y los números nunca se muestran.
aloud-read = Leer esta página en voz alta
aloud-stop = Dejar de leer
print-large = Letra grande
print-usual = Letra normal
rebuilding = Estamos ordenando las páginas después de una actualización. Vuelva en unos minutos, por favor. No se pierde nada.

## Forms
field-optional = (puede dejarlo vacío)
field-wrong = Mire aquí, por favor:
offline-kept = No hay red ahora. Sus palabras están guardadas en este teléfono. Se enviarán una sola vez, cuando vuelva la red.
offline-sent = Sus palabras fueron enviadas. Su código:
offline-follow = Seguirlo
offline-refused = No se pudieron recibir sus palabras. Siguen en este teléfono. Abra la página e inténtelo otra vez.
offline-waits = En este teléfono hay palabras que no se pudieron recibir. ¿Son suyas?
offline-bring = Recuperarlas
offline-drop = Borrarlas
offline-room = No hay sitio en este teléfono para guardar la grabación. Quédese en esta página y envíela cuando vuelva la red. También puede quitar la grabación y enviar solo sus palabras.

## How things stand
tone-good = Bien.
tone-info = Bueno saberlo.
tone-warn = Atención.
tone-bad = Esto no funcionó.
haste-calm = sin prisa
haste-soon = esta semana
haste-urgent = urgente
haste-grave = peligro de vida
refusal-code = Si pide ayuda a alguien, dígale esto:
code-yours = Su código
code-keep = Anótelo. Con él puede ver qué pasa después.
number-unknown = no se sabe
number-of = { $part } de { $whole }
as-table = Ver como tabla
pager = Páginas
pager-before = Antes
pager-after = Siguiente

## The thread
knot-voice = Voz
knot-need = Necesidad
knot-decision = Decisión
knot-allocation = Dinero
knot-action = Acción
knot-answer = Respuesta
knot-confirmation = Su sí o no
knot-done = hecho
knot-pending = en espera
knot-broken = se detuvo aquí
knot-notyet = todavía no
knot-by = antes del { $when }
knot-owner = Por { $owner }
knot-owner-open = Esperamos a { $owner }
thread-caption = Los pasos de una voz a su respuesta
thread-whole = { $all ->
    [one] El único paso está hecho.
   *[other] Los { $all } pasos están hechos.
 }
thread-waiting = Pasos hechos: { $done } de { $all }. En espera: { $name }.
thread-broken = Pasos hechos: { $done } de { $all }. Se detuvo en: { $name }.
thread-so-far = Pasos hechos: { $done } de { $all }.
column-step = Paso
column-state = Estado
column-when = Cuándo
column-who = Quién
column-note = Nota
column-area = Zona
column-count = Cantidad

## The clock
clock-left = tiempo que queda: { $span }
clock-late = retraso: { $span }
clock-given = Tiempo dado: { $span }
clock-owner = Esperamos a { $owner }

## The map
map-no-data = sin cifras
map-own = su zona
map-community = dibujada por quienes viven allí

## Time
just-now = ahora mismo
ago-minutes = { $n ->
    [one] hace { $n } minuto
   *[other] hace { $n } minutos
 }
ago-hours = { $n ->
    [one] hace { $n } hora
   *[other] hace { $n } horas
 }
ago-days = { $n ->
    [one] hace { $n } día
   *[other] hace { $n } días
 }
ahead-minutes = { $n ->
    [one] en { $n } minuto
   *[other] en { $n } minutos
 }
ahead-hours = { $n ->
    [one] en { $n } hora
   *[other] en { $n } horas
 }
ahead-days = { $n ->
    [one] en { $n } día
   *[other] en { $n } días
 }
span-moment = menos de un minuto
span-minutes = { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
 }
span-hours = { $n ->
    [one] { $n } hora
   *[other] { $n } horas
 }
span-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
 }
date = { $day } de { $month } de { $year }
date-weekday = { $weekday } { $day } de { $month }
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo

## The kit page
kit-title = El kit de páginas
example-say = Decir algo
example-say-about = Una necesidad, una pregunta, una queja, un gracias
example-follow = Seguir un código
example-follow-about = Ver qué pasó con sus palabras
example-forget = Olvidar mis palabras
example-send = Enviar
example-words = ¿Qué quiere decir?
example-words-hint = Usamos sus palabras para encontrar quién puede ayudar. Escriba en su idioma.
example-place = ¿Dónde es?
example-place-wrong = Nombre una calle, una escuela, una iglesia o una mezquita cercana.
example-call = Número de teléfono
example-call-hint = Solo para llamarle. Nadie más lo ve.
example-about = ¿De qué se trata?
example-water = Agua
example-food = Comida
example-other = Otra cosa
example-agree = Pueden preguntarme una vez más en un mes
example-agree-hint = Una pregunta corta. Puede pararlo cuando quiera.
example-notice-good = Tenemos sus palabras.
example-notice-info = El punto de agua de la calle Soko abre a las siete.
example-notice-warn = La red es débil. Esta página es de esta mañana.
example-notice-bad = El formulario no está completo. No se perdió nada.
example-refusal = No encontramos este código
example-refusal-advice = Un código tiene ocho letras y números. Compárelo con su mensaje e inténtelo otra vez.
example-refusal-next = Intentar otra vez
example-empty = Aquí todavía no se ha dicho nada
example-empty-next = Sea la primera persona. Dos minutos, sin dar un nombre.
example-card = Kisima
example-card-body = Dos puntos de agua funcionan. Otro está en reparación hasta el jueves.
example-quote = El agua no llega a nuestra calle desde hace dos días. Los niños tienen sed.
example-quote-about = Por SMS, hace dos horas
example-number = voces esta semana
example-number-note = contado esta mañana
example-women = Mujeres en la reunión
example-answer = Respuesta
example-owner = comité del agua
example-event-act = El camión salió del depósito.
example-event-decide = La reunión dijo sí a dos camiones de agua.
example-event-speak = Quince personas dijeron que falta el agua.
example-row-note = Detrás de la escuela, Mtoni. Nadie ha respondido todavía.
example-table = Voces por zona
example-map = Voces en Mtoni y en las zonas vecinas
example-knot-reason = Dos camiones de agua, porque la bomba no se arregla esta semana. Votaron 41 personas.
example-knot-waits = Los camiones están cargados. Queda un día.
example-knot-broke = Los camiones no vinieron, porque el puente estaba cerrado. El paso siguiente es una lancha.
