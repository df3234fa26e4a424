# review: unreviewed
reported-title = Ce que d’autres ont déclaré sur l’argent
reported-lead = Des organisations disent aux Nations Unies ce qu’elles donnent pour les personnes dans le besoin (Service de surveillance financière, FTS). Voici ce qu’elles ont dit. Ce n’est pas l’argent de la ville.
reported-own = Où est l’argent de la ville
reported-none = Rien n’a encore été apporté
reported-none-next = La personne qui gère ce nœud apporte les tableaux de FTS avec la commande « baraza import fts ».
reported-sentence = { $flows ->
    [one] Un flux d’argent parle de { $all }. De cela, { $funded } a été payé ou signé.
   *[other] { $flows } flux d’argent parlent de { $all }. De cela, { $funded } a été payé ou signé.
}
reported-sums = Ce que cela fait
reported-paid = Payé
reported-commitment = Signé, pas encore payé
reported-pledge = Seulement promis
reported-shared = Partagé avec d’autres pays : personne n’a dit la part de chacun
reported-all = Tout ensemble
reported-internal = Passé d’une main à l’autre dans le pays : déjà compté plus haut
reported-outgoing = Ressorti : compté plus haut aussi
reported-column-what = Degré de certitude
reported-column-amount = Montant
reported-plans = Ce que les plans ont demandé et reçu
reported-plans-lead = Comme FTS le publie. L’argent pour lequel aucun plan n’est nommé a sa propre ligne, pour que rien ne se perde.
reported-column-plan = Plan (pays, année)
reported-column-required = Demandé
reported-column-funded = Arrivé
reported-column-percent = Part
reported-no-plan = Aucun plan nommé
reported-agrees = { $country } : les flux font { $flows }, et les plans aussi, au centime près.
reported-differs = { $country } : les flux font { $flows }, les plans { $plans }. L’écart est de { $by }.
reported-from = Qui a donné
reported-from-none = Personne n’est nommé
reported-clusters = Pour quoi
reported-not-specified = Non précisé
reported-column-name = Nom
reported-others = { $n ->
    [one] Un autre
   *[other] { $n } autres ensemble
}
reported-table = Tous les flux (CSV, colonnes de FTS)
refused-reported-many = Il y a trop de flux
refused-reported-many-advice = Un nœud en garde au plus { $most }. Apportez les années et le pays qui comptent ici, ou retirez d’anciens tableaux.
refused-reported-sum = Les montants dépassent tout ce qui existe
refused-reported-sum-advice = Regardez la colonne amountUSD : elle contient des dollars américains, pas des cents ni une autre monnaie.
refused-reported-long = La ligne { $row } contient un texte trop long
refused-reported-long-advice = Raccourcissez-le à { $most } caractères.
refused-reported-plans-many = Il y a trop de plans dans le tableau
refused-reported-plans-many-advice = Au plus { $most } à la fois. Apportez-les en plusieurs tableaux.
