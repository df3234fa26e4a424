# review: unreviewed
reported-title = Sa lòt moun rapòte sou lajan
reported-lead = Òganizasyon yo di Nasyonzini sa yo bay pou moun ki nan bezwen (Sèvis Swivi Finansye, FTS). Men sa yo te di. Se pa lajan vil la.
reported-own = Kote lajan vil la ye
reported-none = Poko gen anyen ki pote isit
reported-none-next = Moun k ap jere nèy sa a pote tablo FTS yo ak kòmand « baraza import fts ».
reported-sentence = { $flows ->
    [one] Yon mouvman lajan pale de { $all }. Ladan li, { $funded } te peye oswa siyen.
   *[other] { $flows } mouvman lajan pale de { $all }. Ladan yo, { $funded } te peye oswa siyen.
}
reported-sums = Konbyen sa fè
reported-paid = Peye
reported-commitment = Siyen, poko peye
reported-pledge = Pwomès sèlman
reported-shared = Pataje ak lòt peyi: pèsonn pa di ki pati ki pou ki moun
reported-all = Tout ansanm
reported-internal = Pase soti nan yon men al nan yon lòt nan peyi a: li konte anwo a deja
reported-outgoing = Soti ankò: li konte anwo a tou
reported-column-what = Ki jan li sèten
reported-column-amount = Kantite
reported-plans = Sa plan yo te mande ak sa yo jwenn
reported-plans-lead = Jan FTS pibliye li. Lajan ki pa gen non yon plan gen pwòp liy pa li, pou anyen pa pèdi.
reported-column-plan = Plan (peyi, ane)
reported-column-required = Mande
reported-column-funded = Rive
reported-column-percent = Pati
reported-no-plan = Pa gen plan ki nonmen
reported-agrees = { $country }: mouvman yo fè { $flows }, plan yo fè menm bagay la, santim pou santim.
reported-differs = { $country }: mouvman yo fè { $flows }, plan yo { $plans }. Diferans lan se { $by }.
reported-from = Ki moun ki bay
reported-from-none = Pèsonn pa nonmen
reported-clusters = Pou kisa
reported-not-specified = Yo pa di
reported-column-name = Non
reported-others = { $n ->
    [one] Yon lòt
   *[other] { $n } lòt ansanm
}
reported-table = Tout mouvman yo (CSV, kolòn FTS yo)
refused-reported-many = Gen twòp mouvman
refused-reported-many-advice = Yon nèy kenbe { $most } pou pi plis. Pote ane yo ak peyi ki enpòtan isit, oswa retire ansyen tablo yo.
refused-reported-sum = Kantite yo fè plis pase sa ki egziste
refused-reported-sum-advice = Gade kolòn amountUSD la: se dola ameriken, se pa santim ni yon lòt lajan.
refused-reported-long = Liy { $row } gen yon tèks ki twò long
refused-reported-long-advice = Fè li pi kout: { $most } karaktè pou pi plis.
refused-reported-plans-many = Gen twòp plan nan tablo a
refused-reported-plans-many-advice = { $most } pou pi plis alafwa. Pote yo nan plizyè tablo.
