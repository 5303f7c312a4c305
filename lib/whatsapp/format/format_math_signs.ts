/** TeX commands for single characters. */
export const SIGNS: Readonly<Record<string, string>> = table(
  "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ " +
    "lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω " +
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω " +
    "times × cdot · div ÷ pm ± mp ∓ ast ∗ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ " +
    "propto ∝ infty ∞ sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ in ∈ notin ∉ subset ⊂ subseteq ⊆ " +
    "cup ∪ cap ∩ emptyset ∅ forall ∀ exists ∃ to → rightarrow → Rightarrow ⇒ implies ⇒ " +
    "leftarrow ← leftrightarrow ↔ Leftrightarrow ⇔ iff ⇔ ldots … dots … cdots ⋯ circ ° degree ° " +
    "angle ∠ perp ⊥ parallel ∥ therefore ∴ because ∵ neg ¬ land ∧ lor ∨ lt < gt > " +
    "sin sin cos cos tan tan log log ln ln lim lim max max min min exp exp gcd gcd mod mod",
);

export const SUPERSCRIPTS = table(
  "0 ⁰ 1 ¹ 2 ² 3 ³ 4 ⁴ 5 ⁵ 6 ⁶ 7 ⁷ 8 ⁸ 9 ⁹ + ⁺ - ⁻ = ⁼ ( ⁽ ) ⁾ n ⁿ i ⁱ ° °",
);

export const SUBSCRIPTS = table(
  "0 ₀ 1 ₁ 2 ₂ 3 ₃ 4 ₄ 5 ₅ 6 ₆ 7 ₇ 8 ₈ 9 ₉ + ₊ - ₋ = ₌ ( ₍ ) ₎ a ₐ e ₑ i ᵢ j ⱼ k ₖ m ₘ n ₙ x ₓ",
);

function table(pairs: string): Readonly<Record<string, string>> {
  const entries = [...pairs.matchAll(/(\S+) (\S+)/g)].map((
    [, name = "", sign = ""],
  ) => [name, sign]);
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
