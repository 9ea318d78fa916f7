// The commands of TeX that stand for a character or a word, by name.

/** A list of "name character name character ..." as a table. */
export function tableOf(list: string): Map<string, string> {
  const words = list.split(/\s+/).filter((word) => word !== '');
  return new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1]!] as const] : [])));
}

export const greek = tableOf(`
  alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ
  omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
  Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω upmu μ textmu μ digamma ϝ
  varGamma Γ varDelta Δ varTheta Θ varLambda Λ varSigma Σ varPhi Φ varPsi Ψ varOmega Ω straightphi φ
`);

/** Relations and operators, which have space on both sides when they are written with some. */
export const relations = tableOf(`
  times × div ÷ cdot · pm ± mp ∓ leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ approx ≈ simeq ≃ cong ≅ equiv ≡ doteq ≐
  sim ~ propto ∝ varpropto ∝ asymp ≍ ll ≪ lll ⋘ gg ≫ ggg ⋙ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ prec ≺ preceq ⪯ succ ≻
  succeq ⪰ in ∈ ni ∋ notin ∉ subset ⊂ subseteq ⊆ subsetneq ⊊ nsubseteq ⊈ supset ⊃ supseteq ⊇ supsetneq ⊋ sqsubset ⊏ sqsubseteq ⊑ sqsupseteq ⊒
  to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Leftarrow ⇐ impliedby ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦
  longmapsto ↦ longrightarrow → longleftarrow ← longleftrightarrow ↔ Longrightarrow ⇒ Longleftarrow ⇐ Longleftrightarrow ⇔ hookrightarrow ↪
  hookleftarrow ↩ twoheadrightarrow ↠ rightleftharpoons ⇌ leftrightarrows ⇆ rightleftarrows ⇄ rightharpoonup ⇀ rightharpoondown ⇁
  leftharpoonup ↼ rightsquigarrow ⇝ leadsto ⇝ xleftrightarrow ↔ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ uparrow ↑ downarrow ↓
  updownarrow ↕ Uparrow ⇑ Downarrow ⇓ upuparrows ⇈ cup ∪ cap ∩ setminus \\ smallsetminus \\ wedge ∧ land ∧ vee ∨ lor ∨ oplus ⊕ ominus ⊖ otimes ⊗
  oslash ⊘ odot ⊙ ltimes ⋉ rtimes ⋊ Join ⋈ bowtie ⋈ ast ∗ star ⋆ circ ∘ bullet • diamond ⋄ uplus ⊎ sqcup ⊔ sqcap ⊓ amalg ⨿ mid | nmid ∤ parallel ∥
  nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ triangleq ≜ coloneqq ≔ colon : trianglelefteq ⊴ triangleleft ◁ triangleright ▷
  lhd ◁ rhd ▷ unlhd ⊴ lneq ⪇ gneq ⪈ nleq ≰ ngeq ≱ nless ≮ ngtr ≯ nsim ≁ ncong ≇ bigtriangleup △ wr ≀ dotplus ∔ curvearrowright ↷
  textless < textgreater > textrightarrow → textleftarrow ← lt < gt > textpm ± texttimes × textdiv ÷ upharpoonright ↾ multimap ⊸ circlearrowright ↻ circlearrowleft ↺
`);

export const signs = tableOf(`
  infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ hslash ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄
  neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ triangle △ square □ Box □ blacksquare ■ lozenge ◊ diamondsuit ♢ heartsuit ♡ clubsuit ♣ spadesuit ♠
  flat ♭ natural ♮ sharp ♯ prime ′ backprime ‵ dagger † dag † ddagger ‡ ddag ‡ S § P ¶ copyright © textcopyright © registered ® textregistered ® circledR ®
  texttrademark ™ pounds £ textsterling £ euro € texteuro € EUR € yen ¥ textyen ¥ textcent ¢ cents ¢ degree ° textdegree ° deg ° textcelsius °C celsius °C
  textperthousand ‰ permil ‰ textpertenthousand ‱ percent % textpercent % checkmark ✓ cmark ✓ xmark ✗ maltese ✠ therefore ∴ because ∵ mho ℧ ohm Ω textohm Ω Finv Ⅎ
  sum Σ prod Π coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⊕ bigotimes ⊗ bigwedge ⋀ bigvee ⋁ bigsqcup ⨆ bigodot ⊙ surd √
  ldots … dots … cdots … vdots ⋮ ddots ⋱ dotsc … dotsb … textellipsis … lbrace { rbrace } lbrack [ rbrack ] langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉
  lfloor ⌊ rfloor ⌋ lvert | rvert | vert | Vert ‖ lVert ‖ rVert ‖ textbar | textbardbl ‖ backslash \\ textbackslash \\ textasciitilde ~
  textasciicircum ^ textunderscore _ textdollar $ textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’ textquotesingle ' textquotedbl " textemdash — textendash – slash /
  textbullet • textperiodcentered · textdagger † textsection § textnumero № ss ß ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ
  ng ŋ NG Ŋ angstrom Å textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ² textthreesuperior ³ textordfeminine ª
  textordmasculine º guillemotleft « guillemotright » glqq „ grqq “ glq ‚ grq ‘ quotedblbase „ textexclamdown ¡ textquestiondown ¿ eth ð dots … Bbbk 𝕜 ldotp . cdotp ·
  textvisiblespace ␣ circledast ⊛ circledcirc ⊚ bigcirc ◯ bigstar ★ blacktriangle ▲ smiley ☺ male ♂ female ♀ earth ⊕ sun ☉ odot ⊙ TeX TeX LaTeX LaTeX BibTeX BibTeX
  lBrace ⦃ rBrace ⦄ llbracket ⟦ rrbracket ⟧ ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ aleph ℵ gimel ℷ complement ∁ Bra ⟨ lambdabar ƛ blacklozenge ⧫
`);

/** Written upright, apart from letters and digits beside them. */
export const functions = new Set(
  (
    'arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg lim liminf limsup ln log max min Pr projlim ' +
    'sec sin sinh sup tan tanh tr Tr rank diag sgn span supp softmax softplus mod bmod'
  ).split(' '),
);
