# review: unreviewed
reported-title = Lo que otros informaron sobre el dinero
reported-lead = Las organizaciones dicen a las Naciones Unidas lo que dan para las personas necesitadas (Servicio de Supervisión Financiera, FTS). Esto es lo que dijeron. No es el dinero de la ciudad.
reported-own = Dónde está el dinero de la ciudad
reported-none = Todavía no se ha traído nada
reported-none-next = Quien lleva este nodo trae las tablas de FTS con la orden «baraza import fts».
reported-sentence = { $flows ->
    [one] Un flujo de dinero habla de { $all }. De eso, { $funded } se pagó o se firmó.
   *[other] { $flows } flujos de dinero hablan de { $all }. De eso, { $funded } se pagó o se firmó.
}
reported-sums = Cuánto suma
reported-paid = Pagado
reported-commitment = Firmado, todavía sin pagar
reported-pledge = Solo prometido
reported-shared = Compartido con otros países: nadie dijo qué parte es de quién
reported-all = Todo junto
reported-internal = Pasado de mano en mano dentro del país: ya está contado arriba
reported-outgoing = Salió otra vez: también está contado arriba
reported-column-what = Qué tan firme es
reported-column-amount = Monto
reported-plans = Lo que los planes pidieron y recibieron
reported-plans-lead = Tal como lo publica FTS. El dinero sin plan tiene su propia línea, para que nada se pierda.
reported-column-plan = Plan (país, año)
reported-column-required = Pedido
reported-column-funded = Llegó
reported-column-percent = Parte
reported-no-plan = Ningún plan nombrado
reported-agrees = { $country }: los flujos suman { $flows }, y los planes también, hasta el centavo.
reported-differs = { $country }: los flujos suman { $flows }, los planes { $plans }. La diferencia es { $by }.
reported-from = Quién dio
reported-from-none = No se nombra a nadie
reported-clusters = Para qué
reported-not-specified = Sin especificar
reported-column-name = Nombre
reported-others = { $n ->
    [one] Otro más
   *[other] Otros { $n } juntos
}
reported-table = Todos los flujos (CSV, columnas de FTS)
refused-reported-many = Hay demasiados flujos
refused-reported-many-advice = Un nodo guarda como máximo { $most }. Traiga los años y el país que importan aquí, o retire tablas viejas.
refused-reported-sum = Los montos suman más de lo que existe
refused-reported-sum-advice = Mire la columna amountUSD: lleva dólares de EE. UU., no centavos ni otra moneda.
refused-reported-long = La fila { $row } tiene un texto demasiado largo
refused-reported-long-advice = Acórtelo a { $most } caracteres.
refused-reported-plans-many = Hay demasiados planes en la tabla
refused-reported-plans-many-advice = Como máximo { $most } a la vez. Tráigalos en varias tablas.
