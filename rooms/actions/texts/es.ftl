# review: unreviewed
# SMS: one part of 160 characters each, also with the longest values. Checked by a test.
sms-did-it-arrive = { $code }: El comité dice que llegó: { $what }. ¿Lo recibiste? Responde SI o NO. Si es NO, lo abrimos de nuevo.
sms-task-set = { $code }: { $who } trabaja en esto. Debe estar antes del { $day }. Después te preguntamos si llegó.
sms-task-set-nobody = { $code }: Alguien trabaja en esto. Debe estar antes del { $day }. Después te preguntamos si llegó.
sms-next-step = { $code }: Hay gente que dice que no llegó. Les creemos. Ahora: { $what }, antes del { $day }.
sms-task-referred = { $code }: Esto le toca a { $who }. Ya se lo pasamos. Envía el código para ver cómo va.

## Refusals
refused-task-unknown = No hay tal tarea
refused-task-unknown-advice = Mira otra vez su número, o búscala en la lista de tareas.
refused-task-ended = Esta tarea ya terminó
refused-task-ended-advice = Se hizo, se dejó o se pasó a otros. Abre la lista para ver lo que queda.
refused-task-of-others = Esta tarea es de otro grupo
refused-task-of-others-advice = Solo sus miembros pueden actuar. Pregunta a uno de ellos, o a quien facilita.
refused-task-held = Otra persona tiene esta tarea
refused-task-held-advice = Pídele que la suelte o que te la pase.
refused-task-to-nobody = No se eligió a nadie para tomarla
refused-task-to-nobody-advice = Elige a un miembro que esté aquí.
refused-task-what-empty = No dice qué hay que hacer
refused-task-what-empty-advice = Dilo en una línea que cualquiera entienda.
refused-task-arrived-empty = No dice qué llegó
refused-task-arrived-empty-advice = Di en pocas palabras lo que la gente tiene ahora. Se les pregunta justo por eso.
refused-task-how-empty = No dice cómo se llevó
refused-task-how-empty-advice = Di cómo y adónde se llevó, para que otros puedan mirar.
refused-task-reason-empty = Di por qué
refused-task-reason-empty-advice = Todos pueden leer el motivo. Un no sin motivo no es respuesta.
refused-task-refer-to-whom = "No es nuestro" debe decir de quién
refused-task-refer-to-whom-advice = Elige el grupo que debe hacerlo, o escribe su nombre.
refused-task-words-long = Estas palabras son demasiado largas
refused-task-words-long-advice = Usa como mucho { $most } letras.
refused-task-needs-many = Son demasiadas necesidades para una tarea
refused-task-needs-many-advice = Como mucho { $most }. Haz más tareas.
refused-task-need-unknown = No hay necesidad con ese número
refused-task-need-unknown-advice = Mira la lista de necesidades: se llaman N-1, N-2 y así.
refused-task-body-unknown = No hay tal grupo
refused-task-body-unknown-advice = Elige uno de la lista. Quien administra puede añadir otro.
refused-task-kind-unknown = No hay tal tipo de tarea
refused-task-kind-unknown-advice = Créala desde la lista de tareas.
refused-task-when = Una tarea necesita un día que sirva
refused-task-when-advice = Elige el último día: hoy o después, dentro de dos años.
refused-task-owed = Esta tarea no se puede dejar
refused-task-owed-advice = Se le dijo a la gente que viene otro paso. Nómbralo, entrega, o di de quién es.
refused-task-no-step = Aquí no se pide otro paso
refused-task-no-step-advice = Ya se nombró, o nadie dijo que no llegó.
refused-task-not-delivered = Todavía no se entregó nada
refused-task-not-delivered-advice = Di primero qué llegó; después pregunta en la reunión.
refused-task-hands = Estas manos no pueden ser correctas
refused-task-hands-advice = Cuenta a los presentes, luego SI, luego NO. SI y NO juntos nunca son más que los presentes.
refused-task-no-promise = Esta decisión no espera ninguna promesa
refused-task-no-promise-advice = No prometió nada, o la promesa se cumplió.

## The list
actions-list-open = Lo que hay que hacer
actions-list-mine = Mis tareas
actions-list-bodies = Tareas de mis grupos
actions-list-overdue = Atrasadas
actions-list-done = Terminadas
actions-list-empty = No hay nada en esta lista
actions-list-empty-next = Mira lo que otros deben hacer, o crea una tarea.
actions-to-take-up = Promesas por asumir
actions-take-up = Asumirla como tarea
actions-by-area = Solo una zona
actions-area = Zona
actions-area-all = toda la ciudad
actions-area-unshown = una zona que no es pública
actions-show = Mostrar
actions-count-mine = tareas mías
actions-count-overdue = tareas atrasadas
actions-back = Volver a las tareas

## How a task stands
actions-status-open = nadie la tiene
actions-status-claimed = alguien trabaja en ella
actions-status-delivered = se dice que llegó
actions-status-dropped = no se hará
actions-status-referred = pasada a otros
actions-status-met = resuelta por otra tarea
actions-kind-promise = promesa
actions-kind-committee = no llegó
actions-kind-do = tarea
actions-overdue-by = atrasada { $span }
actions-due-today = para hoy
actions-due-on = a más tardar el { $day }
actions-body-none = ningún grupo todavía
actions-member-former = un antiguo miembro

## A new task
actions-new = Nueva tarea
actions-new-lead = Todos pueden leer esto. A quienes hablaron de la necesidad se les dice quién trabaja en ella y hasta cuándo.
actions-what = ¿Qué hay que hacer?
actions-what-hint = Una línea en palabras sencillas, sin el nombre de nadie.
actions-need = ¿Para qué necesidad?
actions-need-hint = Su número, por ejemplo N-88.
actions-body = ¿Quién debe hacerlo?
actions-body-hint = El grupo que responde por ella, también uno de fuera.
actions-due = Último día
actions-set = Crear la tarea

## One task
actions-fact-owner = Quién debe hacerlo
actions-fact-holder = Quién la tiene ahora
actions-fact-due = Para cuándo
actions-fact-arrived = Qué llegó
actions-fact-much = Cuánto
actions-fact-how = Cómo y dónde
actions-fact-day = Se dice que llegó el
actions-fact-reason = Por qué no
actions-fact-whose = De quién es
actions-fact-hands = Preguntado en una reunión
actions-fact-decision = Prometido por
actions-hands-said = { $asked } presentes, { $yes } SI, { $no } NO
actions-for-need = La necesidad a la que responde
actions-committee-what = Hay gente que dice que no llegó: el próximo paso
actions-committee-lead = Les creemos, y les dijimos que viene otro paso antes del día de abajo. Nadie ve quiénes son.

## What can be done with it
actions-claim = Yo me encargo
actions-release = La suelto
actions-hand-over = Pasarla a …
actions-deliver-title = Llegó
actions-arrived = ¿Qué llegó?
actions-arrived-hint = Pocas palabras; van en el SMS. Por ejemplo: un camión de agua.
actions-much = ¿Cuánto?
actions-much-hint = Por ejemplo: 5000 litros al día.
actions-how = ¿Cómo y dónde?
actions-how-hint = Todos pueden leer esto. Sin nombres de personas.
actions-deliver-then = A todos los que hablaron de la necesidad se les pregunta ahora si llegó. Solo sus respuestas la cierran.
actions-deliver = Llegó: pregúntales
actions-step-title = El próximo paso
actions-step = ¿Qué se hace ahora?
actions-step-hint = Pocas palabras; van en el SMS. Por ejemplo: el camión viene al Bloque 4.
actions-step-then = A todos los que hablaron de la necesidad se les dice ahora. Cumple el día que se les dijo.
actions-step-send = Decírselo
actions-refer-title = No es nuestro
actions-refer-body = ¿De quién es?
actions-refer-hint = A quienes hablaron de ello se les dice de quién es.
actions-refer-other = U otro nombre
actions-refer = Pasarla
actions-not-said = no se dice
actions-drop-title = No se hará
actions-reason = ¿Por qué no?
actions-reason-hint = Todos pueden leer esto.
actions-drop = No se hará
actions-hands-title = Preguntar en una reunión
actions-hands-lead = Para quienes no tienen teléfono: pregunta si llegó y cuenta las manos. Más manos por NO que por SI la abren otra vez.
actions-hands-asked = ¿Cuántos hay?
actions-hands-yes = Manos por SI
actions-hands-no = Manos por NO
actions-hands-keep = Guardar esta cuenta
actions-done-set = La tarea está creada.
actions-done-claimed = Ahora tienes esta tarea.
actions-done-released = La soltaste. Cualquiera puede tomarla.
actions-done-handed = Se pasó a otra persona.
actions-done-delivered = Guardado. Se está preguntando a quienes hablaron si llegó.
actions-done-arrived = Guardado: llegó.
actions-done-dropped = Guardado, con el motivo.
actions-done-referred = Se pasó, y a quienes hablaron se les dice a quién.
actions-done-step = A quienes hablaron se les dice el próximo paso.
actions-done-hands = La cuenta está guardada.
actions-of-need = La necesidad a la que pertenece

## What those who asked for it say
actions-answers-title = ¿Llegó? Lo que dice la gente
actions-asked = Preguntados
actions-answered = Respondieron
actions-yes = Dijeron SI
actions-no = Dijeron NO
actions-nobody = nadie
actions-some = algunas personas
actions-few = menos de 5
actions-at-least = al menos { $n }
actions-counts-hidden = Todavía no se muestra cuántos respondieron: delataría a personas.
actions-next-step-by = El próximo paso se debe a más tardar el { $day }.
actions-stand-closed = confirmado por quienes lo pidieron
actions-stand-reopened = abierta otra vez: hay quien dice que no llegó
actions-stand-not-confirmed = sin confirmar todavía: pocos dijeron SI
actions-stand-on = ya se preguntó; el trabajo sigue

## The published rule
actions-rule-title = Con qué regla se cierra o se abre de nuevo una necesidad
actions-rule-1 = A todos los que hablaron de la necesidad se les pregunta si llegó. Cada persona responde solo por sí misma.
actions-rule-2 = Un solo NO abre la necesidad de inmediato. Quien lo dijo sabe del próximo paso en { $step } días.
actions-rule-3 = Cuando todos los preguntados dicen SI, se cierra. Cuando al menos { $percent } de 100 dicen SI y nadie dice NO, se cierra después de { $days } días.
actions-rule-4 = El silencio nunca es un SI. Una necesidad de la que pocos respondieron queda "sin confirmar", el tiempo que sea.
actions-rule-5 = Una necesidad que planteó una asamblea también puede responderse allí, a mano alzada: más de la mitad de los presentes dice SI, se cierra; más NO que SI, se abre otra vez.
actions-rule-6 = Nadie ve quién dijo NO. Cuántos se ve solo desde { $people } personas, o después de { $batch ->
    [one] un día
   *[other] { $batch } días
 } como "menos de 5". Ni dinero ni clasificación depende de ello.
