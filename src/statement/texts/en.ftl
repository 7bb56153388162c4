# English. One message a line; the same messages with the same places stand in every language.

## How numbers and days are written
decimal-sign = .
clock-sign = :
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
day = { $day } { $month } { $year }
moment = { $day }, { $time } (UTC{ $offset })
per-cent = { $value } %
from-to-per-cent = { $low } to { $high } %
range = { $low } to { $high } ({ $unit })
rate = { $share } % (95 % interval { $low } to { $high } %, n = { $trials })
or = {" "}or{" "}
yes = yes
no = no

## The document
title = Report of spectral identification
foot = Presumptive result. Only the whole report may be copied.
page-of = Page { $page } of { $pages }
figure = Figure
figure-caption = Figure { $number }. { $caption }
continued = continued
running-sample = sample { $sample }
not-supplied = not supplied
not-recorded = not recorded
not-stated = not stated
as-raw-file-says = { $value } (as the raw file states)
heading-part = Result { $number } of { $of }: { $file }, spectrum { $spectrum }

## Names of fields
field-report = Report number
field-result-id = Result identifier
field-laboratory = Laboratory
field-requested-by = Requested by (customer)
field-case = Case
field-item = Item
field-sample = Sample
field-sample-id = Sample name in the result
field-description = Description and condition
field-quantity = Quantity
field-place = Place
field-sampling = Sampling
field-date-received = Date received
field-date-measured = Date of measurement
field-date-identified = Date of identification
field-date-issued = Date of issue
field-method = Method
field-technique = Technique
field-instrument = Instrument
field-analyst = Analyst
field-analyst-signed = Signed by the analyst on
field-reviewer = Reviewer
field-reviewer-signed = Reviewed and authorised on
field-remarks = Remarks
field-rule-value = Acceptance value of the best candidate
field-rule-above = Identified above
field-rule-below = Not in the library below
field-rule-width = Width of the set
field-rule-most = Most substances that are named
field-rule-share = False accepts for which the limit was chosen
field-quality = Quality of the spectrum
field-points = Points
field-peaks = Peaks
field-signal-to-noise = Signal-to-noise ratio
field-library = Library
field-generation = Generation
field-library-hash = Content hash (SHA-256)
field-library-location = Location
field-compared = References compared
field-file = Raw file
field-format = Format
field-sha256 = SHA-256 of the raw file
field-position = Spectrum in the file
field-record-id = Name of the record in the file
field-title = Title
field-operator = Operator
field-owner = Owner of the data
field-resolution = Resolution
field-laser = Laser wavelength
field-range = Range of the axis
field-ordinate = Ordinate
field-retention = Retention time
field-precursor = Precursor m/z
field-adduct = Ion type
field-collision-energy = Collision energy
field-program = Program that made the result
field-written-by = Program that wrote this report
field-result-file = File of the result
field-record = Record
field-entry = Entry
field-entry-hash = Hash of the entry (SHA-256)
field-entry-time = Time of the entry
field-by = By
field-host = Computer

## Headings
heading-verdict = Verdict
heading-rule = Decision rule
heading-risks = Risks of a wrong decision
heading-reasons = Reasons
heading-candidates = Candidates
heading-scores = Scores and their definitions
heading-figures = Figures
heading-look-alikes = Look-alikes
heading-separate = How to separate them in practice
heading-components = Components
heading-hypotheses = Hypotheses about an unknown
heading-alerts = Alerts
heading-undetected = What could not have been detected
heading-quality = Quality of the spectrum
heading-warnings = What reading, preparing and searching found odd
heading-axis = Axis error
heading-control = International control status
heading-national = National control status
heading-library = Library and references
heading-raw-file = Raw file
heading-measurement = Measurement as the raw file states it
heading-program = Program
heading-parameters = Parameters
heading-record = Record and amendment
heading-limits = Limits of this statement
heading-signatures = Signatures

## Columns
column-substance = Substance
column-inchikey = InChIKey
column-strictest = Strictest control status
column-possible = Possible control status
column-risk = Risk
column-estimate = Share
column-interval = 95 % interval
column-trials = n
column-basis = Measured on
column-rank = Rank
column-score = Score
column-margin = Margin
column-shift = Axis shift
column-control = Control status
column-formula = Formula
column-cas = CAS number
column-role = Role, class
column-score-name = Score
column-first = Rank 1
column-second = Rank 2
column-third = Rank 3
column-candidate = Candidate
column-told-from = Told apart from
column-told-by = By
column-share = Share of the signal
column-instead = Could be instead
column-analogue = Known substance
column-similarity = Similarity
column-difference = Difference of mass
column-change = What the difference may be
column-ions = Ions
column-target = Substance asked for
column-in-library = In the library
column-noticed = What a negative means
column-place = Place
column-error = Sample minus reference
column-status = Status
column-entry = Entry
column-force = In force
column-decision = Decision, source
column-why = Why it is possible
column-list = List
column-reference = Reference entry
column-kind = Kind
column-origin = Origin
column-parameter = Parameter
column-value = Value

## Captions of tables
table-named = Substances that the verdict names
table-risks = How often the rule is wrong, as measured
table-candidates = Ranked candidates, best first, one per substance
table-identities = What identifies the candidates
table-scores = Scores of the best candidates
table-apart = What tells candidates apart
table-components = Components and their shares of the signal
table-analogues = Known substances that the unknown may be derived from
table-targets = Substances that were asked for
table-axis = Axis error against the best candidate
table-references = Reference entries used
table-parameters = Settings under which the result was made

## Verdict
verdict-one = IDENTIFIED (presumptive): { $name }
verdict-set = IDENTIFIED (presumptive) as one of { $number } substances that cannot be told apart here: { $names }
verdict-identified = IDENTIFIED (presumptive)
verdict-class-only = CLASS ONLY (presumptive): the sample resembles a class of substances; none is named
verdict-inconclusive = INCONCLUSIVE: no statement is possible
verdict-not-in-library = NOT IN THIS LIBRARY
verdict-no-result = NO RESULT
named = { $name } ({ $status })
meaning-identified = The spectrum agrees with the named substance, or with each of the named set, better than the decision rule requires. Of a set any one may be the substance; the technique does not say which.
meaning-class-only = The best candidates are of one class, but none of them is like enough to be named. The class is told in the reasons.
meaning-inconclusive = The spectrum neither supports a substance nor excludes those of the library. The reasons say why.
meaning-not-in-library = The spectrum is unlike every reference of its technique in this library. That does not say that the sample holds no controlled substance.
no-reasons = No reasons are stated.
no-result-because = The spectrum could not be identified:
no-result-means = Nothing is stated of the sample: neither that a substance is in it nor that one is not.

## Decision rule
rule-not-stated = The decision rule as it was applied: not recorded. The result was made by an earlier version of the program, or there was no rule to apply (see the reasons).
rule-words = The rule weighs what the comparison with the best candidate leaves (score, distance to the next candidates, what is not explained, what is missing) into one acceptance value by a logistic regression that was learned when the library was built. Above { $above } the best candidate is identified; below { $below } the substance is called not in the library; between them only a class may be told. Here the value is { $value }.
rule-set = With the best candidate all candidates are named that lie within { $width } × (1.05 − best score) of the best score, since the technique may not tell them apart; more than { $most } are not named. The upper limit was chosen so that at most { $share } % of the library’s own substances, left out of it in turn, are called identified.
rule-follows-identified = The value { $value } lies above { $above }: identified.
rule-follows-class-only = The value { $value } does not lie above { $above } and not below { $below }; the leading candidates are of one class: class only.
rule-follows-inconclusive = The value is { $value }, the limits are { $below } and { $above }: inconclusive.
rule-follows-not-in-library = The value { $value } lies below { $below }: not in this library.
risk-accept = False accept: a substance that the library lacks is called identified
risk-isomer = The same for isomers of a substance of the library
risk-reject = False reject: a substance of the library is called not in it
risk-accept-words = Risk of false accept: of 1000 samples of substances that the library lacks, about { $about } ({ $least } to { $most }) would be called identified: { $share } %, 95 % interval { $low } to { $high } %, n = { $trials }. Measured on: { $basis }.
risk-accept-unknown = Risk of false accept: not stated in the result. It must not be relied on as if it were small.
risk-accept-not-applied = Risk of false accept: no substance is identified, so that no false positive rate applies.
risk-isomer-words = Isomers: of 1000 samples of isomers that the library lacks, about { $about } ({ $least } to { $most }) would be called identified: { $share } %, 95 % interval { $low } to { $high } %, n = { $trials }. Measured on: { $basis }.
risk-reject-words = Risk of false reject: of 1000 samples of substances of the library, about { $about } ({ $least } to { $most }) would be called not in it: { $share } %, 95 % interval { $low } to { $high } %, n = { $trials }. Measured on: { $basis }.
risk-reject-unknown = Risk of false reject: not recorded.
set-coverage = Coverage of the set: { $share } % of such sets held the true substance.

## Candidates
no-candidates = There are no candidates.
candidates-words = The score orders the candidates; it is no probability that the sample is the substance. Whether the substance is in the library at all cannot be computed from it.
more-candidates = { $number } further candidates stand in the result and are not shown.

## Scores
score-correlation = correlation
score-refined = refined correlation
score-background = background
score-excess = excess over the background
score-hqi = hit quality index
score-first_derivative = first-derivative correlation
score-axis_rms = axis error, root mean square
score-flexibility = charge for flexibility
score-smoothing = smoothing
score-unexplained = unexplained share
score-missing = missing share
score-extra = additional bands
score-compared = width compared
score-cosine = cosine
score-stein_scott = composite of Stein and Scott
score-entropy = spectral entropy similarity
score-match = match factor
score-reverse_match = reverse match factor
score-tilt = tilt
score-foreign = foreign ions
score-lacking = lacking ions
score-surplus = surplus
score-deficit = deficit
score-scatter = scatter
score-largest_surplus = largest surplus
score-largest_deficit = largest deficit
score-molecular_ion = molecular ion
score-above_molecular_ion = above the molecular ion
score-heaviest_ion = heaviest ion
score-similarity = entropy similarity at the pair’s resolution
score-losses = similarity of neutral losses
score-matched_peaks = matched peaks
score-explained = explained share
score-support = agreeing references
definition = { $name }: { $text }
ranking-raman = Score (ranking): the refined correlation defined below; for candidates that were not compared a second time the correlation, at most the lowest refined one. 1 is perfect agreement. Source: documentation of specid, module search.
ranking-infrared = Score (ranking): the refined correlation defined below; for candidates that were not compared a second time the correlation, at most the lowest refined one. 1 is perfect agreement. Source: documentation of specid, module search.
ranking-near-infrared = Score (ranking): the refined correlation defined below; for candidates that were not compared a second time the correlation, at most the lowest refined one. 1 is perfect agreement. Source: documentation of specid, module search.
ranking-ei-ms = Score (ranking): spectral entropy similarity (Li et al. 2021) of the spectra with abundances weighted by (m/z)^0.8, after the slow change of sensitivity over m/z between the two instruments (tilt) is taken out, with what the molecular ion says; 0 to 1. Source: documentation of specid, module correlate::ions.
ranking-ms-ms = Score (ranking): spectral entropy similarity (Li et al. 2021) of the peak lists at the resolution of the pair; where references of any precursor are compared, with half the weight that of the neutral losses; 0 to 1. Source: documentation of specid, module search.
ranking-other = Score (ranking): defined in the documentation of specid, module search. 1 is perfect agreement.
define-margin = Margin: the score less that of the next candidate.
define-axis-shift = Axis shift: by how much the sample’s axis reads higher than the reference’s, where the cross-correlation of the two is largest.
define-correlation = the largest normalised cross-correlation of sample and reference (local Pearson r) within the axis tolerance, both prepared by the technique’s recipe. Source: documentation of specid, module correlate.
define-correlation-mass = the normalised correlation of sample and reference on the unit-mass axis, both prepared by the technique’s recipe. Source: documentation of specid, module correlate.
define-refined = partial correlation of sample and reference given a cubic polynomial, after the axis curve between them and the Gaussian smoothing under which they agree best, charged for that flexibility. Source: documentation of specid, module search.
define-background = mean of the same cross-correlation outside the axis tolerance: what this pair gives by chance (as in Xcorr: Eng et al. 1994, doi:10.1016/1044-0305(94)80016-2).
define-excess = correlation less background.
define-hqi = squared Pearson correlation of both curves over their common range at no shift, before weighting and baseline removal; 0 to 1 (Lowry 2006, doi:10.1002/0470027320.s4604; Rodriguez et al. 2011, doi:10.1021/ac1021366).
define-first_derivative = the hit quality index of the first differences, which a sloping baseline does not influence (Lowry 2006, doi:10.1002/0470027320.s4604).
define-axis_rms = root mean square of the axis curve over the common range, in the unit of the axis. Source: documentation of specid, module search.
define-flexibility = what the axis curve and the smoothing cost the refined score. Source: documentation of specid, module search.
define-smoothing = Gaussian width by which the sample (positive) or the reference (negative) was smoothed, in the unit of the axis. Source: documentation of specid, module search.
define-unexplained = 1 less the squared partial correlation: the share of the sample’s signal that the reference does not explain. Source: documentation of specid, module search.
define-missing = share of the reference’s strong bands that the sample lacks. Source: documentation of specid, module search.
define-missing-mass = share of the reference’s entropy-weighted intensity in peaks that the sample lacks. Source: documentation of specid, module search.
define-extra = share of the sample’s strong bands that the reference lacks. Source: documentation of specid, module search.
define-compared = width of the axis over which the pair was compared, in the unit of the axis. Source: documentation of specid, module search.
define-cosine = cosine of square-rooted abundances: Σ√(q·r) / √(Σq · Σr); 0 to 1. Source: documentation of specid, module correlate::score.
define-stein_scott = (N_q F_D + N_c F_R) / (N_q + N_c): weighted dot product F_D with abundance^0.6 (m/z)^3 and the term F_R of ratios of neighbouring common ions; 0 to 1 (Stein and Scott 1994, doi:10.1016/1044-0305(94)87009-8).
define-entropy = spectral entropy similarity with natural logarithm, abundances weighted where the entropy is below 3; 0 to 1 (Li et al. 2021, doi:10.1038/s41592-021-01331-z).
define-match = 999 times the weighted dot product with √abundance · m/z; 0 to 999 (Stein and Scott 1994, doi:10.1016/1044-0305(94)87009-8).
define-reverse_match = the match factor without the sample’s ions that the reference lacks, for mixtures; 0 to 999.
define-tilt = slope of ln(sample / reference) per 100 m/z over the common ions: by how much the two instruments’ sensitivities differ. Source: documentation of specid, module correlate::ions.
define-foreign = share of the sample’s weighted abundance in ions (at least 1 % of the base peak) that the reference lacks. Source: documentation of specid, module correlate::ions.
define-lacking = share of the reference’s weighted abundance in ions that the sample lacks. Source: documentation of specid, module correlate::ions.
define-surplus = share of the sample’s weighted abundance beyond twice what the reference predicts. Source: documentation of specid, module correlate::ions.
define-deficit = share of the reference’s weighted abundance beyond twice what the sample shows. Source: documentation of specid, module correlate::ions.
define-scatter = weighted standard deviation of ln(sample / reference) over the common ions. Source: documentation of specid, module correlate::ions.
define-largest_surplus = largest surplus of one ion, in square roots of abundance. Source: documentation of specid, module correlate::ions.
define-largest_deficit = largest deficit of one ion, in square roots of abundance. Source: documentation of specid, module correlate::ions.
define-molecular_ion = 1 where the sample shows an ion at the reference’s nominal molecular mass, 0 where not, 0.5 where the mass is not known. Source: documentation of specid, module correlate::ions.
define-above_molecular_ion = share of the sample’s abundance more than 3 above the reference’s molecular mass. Source: documentation of specid, module correlate::ions.
define-heaviest_ion = heaviest ion of the sample of at least 2 % of the base peak. Source: documentation of specid, module correlate::ions.
define-similarity = spectral entropy similarity of the peak lists at the resolution of the pair; 0 to 1 (Li et al. 2021, doi:10.1038/s41592-021-01331-z).
define-losses = the same of the neutral losses, the peaks’ distances from the precursor. Source: documentation of specid, module search.
define-matched_peaks = number of peaks in common. Source: documentation of specid, module search.
define-explained = share of the sample’s entropy-weighted intensity in matched peaks. Source: documentation of specid, module search.
define-support = number of references of this substance that agree with the sample (similarity of at least 0.5). Source: documentation of specid, module search.
define-unknown = a score of another version of the program; its documentation defines it.

## Figures
axis-raman-shift = Raman shift / cm⁻¹
axis-wavenumber = wavenumber / cm⁻¹
axis-mass = m/z
figure-sample = sample
figure-sum = sum of the components
figure-share = share of height
figure-rest = what is left
figure-abundance = abundance / %
figure-difference = difference / %
figure-axis-error = error / { $unit }
moved-curve = The reference is moved by the axis curve that was found.
moved-shift = The reference is moved by the axis shift that was found ({ $shift } { $unit }).
moved-not = The reference is not moved.
caption-curve = The sample (thin full line) and the reference of { $name } (wide dashed line, entry { $entry }) as compared, before weighting and baseline removal. { $moved } It is scaled, with a cubic under it, by least squares. Beneath: the sample less the reference, in the same unit.
alt-curve = The curve of the sample over that of { $name }; what is left is at most { $most } % of the height of the sample’s curve.
caption-ions = Mass spectrum of the sample (up) and of { $name } (down, dashed, entry { $entry }), each in per cent of its base peak, with the m/z of its main ions. Beneath: the sample less the reference.
alt-ions = The ions of the sample against those of { $name }; they differ by at most { $most } % of the base peak.
caption-analogue = HYPOTHESIS: mass spectrum of the unknown (up) and of { $name } (down, dashed), whose ions that carry the change are moved by { $by }. Beneath: their difference.
alt-analogue = The ions of the unknown against those of { $name }, moved by { $by } where they carry the change.
caption-fit = The sample (thin full line) above its baseline and the sum of the named components (wide dashed line). Beneath: what the components leave.
alt-fit = The curve of the sample over the sum of the curves of its components, and what is left.
caption-alone = The sample, without a reference.
alt-alone = The spectrum of the sample.
caption-axis-error = Axis error of the sample against { $name }, in { $unit }: what its axis reads less what the reference’s reads.
alt-axis-error = A curve of the axis error against { $name }; the table gives its values.
no-figure = No figure with { $name }: its reference (entry { $entry }) is not in the library any more, or the two share no range.
no-figures = No figure is drawn.
no-raw-not-recorded = The spectrum is not drawn: the result does not record the SHA-256 of its raw file, so that no file can be known to be it.
no-raw-not-found = The spectrum is not drawn: a raw file with the recorded SHA-256 was not found.
no-raw-changed = The spectrum is not drawn: the raw file has changed since the identification; its SHA-256 is now { $what }.
no-raw-unreadable = The spectrum is not drawn: the raw file cannot be read ({ $what }).
no-library-not-recorded = No reference is drawn: the result does not record the hash of the library.
no-library-not-found = No reference is drawn: the library was not found in the recorded generation.
no-library-changed = No reference is drawn: the library that was found has another content hash than the recorded one: { $what }.
no-library-unreadable = No reference is drawn: the library cannot be read ({ $what }).

## Look-alikes
look-alikes-not-looked = Substances that cannot be told apart from { $name } here: this was not looked at for this candidate.
look-alikes-none = Of the substances of this library none was found that cannot be told apart from { $name } at this quality and range.
look-alikes-some = At this quality and range these substances of the library cannot be told apart from { $name }:
apart-as-a-whole = the spectrum as a whole
same-skeleton = The register of substances knows these with the same skeleton as { $name } (stereoisomers, salts, isotopes). Most techniques cannot tell them apart, whether the library holds them or not:
separate-raman = Another technique separates what Raman spectra do not: infrared spectroscopy for polar groups, GC-MS or LC-MS/MS against reference standards for isomers and for mixtures.
separate-infrared = Another technique separates what infrared spectra do not: Raman spectroscopy for symmetric groups and minerals, GC-MS or LC-MS/MS against reference standards for isomers and for mixtures.
separate-near-infrared = Near-infrared bands are broad: infrared or Raman spectroscopy, and GC-MS or LC-MS/MS against reference standards, separate what they do not.
separate-ei-ms = Positional isomers often have like EI spectra: infrared (also GC-IR) and NMR spectroscopy separate them, and so does the retention against reference standards, if need be after derivatisation.
separate-ms-ms = Isomers often have like product ions: the retention against reference standards, infrared and NMR spectroscopy separate them.
separate-unknown = A technique that works differently, against a reference standard.
separate-stereoisomers = Stereoisomers of one skeleton need chiral methods (chiral chromatography, derivatisation with a chiral agent, polarimetry, vibrational circular dichroism); diastereomers differ also in retention and in infrared spectra.
separate-salts = A salt and its base or acid differ in infrared and Raman spectra and not in mass spectra; the ion is told by infrared spectroscopy, ion chromatography or spot tests.

## Components
components-not-looked = Components were not looked for, or cannot be told for this technique. That only one substance is in the sample is not stated.
components-none = No component is certain enough to be named.
components-one = One component is named (presumptive). Shares are of the signal, not of the weight.
components-several = { $number } components are named (presumptive). Shares are of the signal, not of the weight.
component-known = { $name } (stated to be in the sample)
residual-structured = Residual: { $share } % of the signal is not explained and has a structure of its own; something else may be in the sample.
residual-plain = Residual: { $share } % of the signal is not explained, no more than noise and baseline leave.
residual-like = The residual resembles { $names } most, too little to be named.

## Hypotheses
hypotheses-none = No hypotheses are stated.
hypotheses-notice = HYPOTHESES. What follows names no substance and proves no structure. It must not be used as an identification.
class-given = Hypothesis of a class: { $title }.
class-nearest = No class is certain enough; the nearest is { $title }.
class-part = Most like its part: { $title }.
class-rate = Substances of no class that score as high for it: { $rate }.
class-for = For it speak:
class-against = Against it speak:
mass-agreement = { $mass } (agreement of references { $agreement })
mass-precursor = { $mass } (from the precursor)
molecular-masses = Possible molecular masses, that of the best hypothesis first: { $masses }.
change-isomer = of the same mass: an isomer
change-unknown = no common change gives it
ions-moved-kept = moved: { $moved }; kept: { $kept }
analogues-right = With such a score one of the first three was an analogue with the right change: { $new } of new substances and precursors that a library lacked; { $others } of other substances.

## Alerts
alerts-none = The result states no likeness to an unknown of another laboratory.
alert = ALERT: the spectrum is like the unknown { $notice } that { $publisher } gave notice of (similarity { $similarity }).
alert-named = They found it to be { $name }.

## What could not have been detected
targets-none = No substances were asked for. The absence of substances other than those that the verdict names is not stated.
targets-some = For these substances it was tested from what share of the signal on they would have been noticed. The absence of other substances is not stated.
undetected-general = A substance that the library lacks, one below its share of detection, and one whose signal others cover cannot be detected by this comparison.
undetected-raman = Raman spectra do not show weak scatterers beside strong ones, traces (below some per cent), and what fluorescence covers.
undetected-infrared = Infrared spectra do not show traces (below some per cent), and ionic compounds without bands such as sodium chloride.
undetected-near-infrared = Near-infrared spectra do not show components below some per cent, and most inorganic compounds.
undetected-ei-ms = EI mass spectra do not show what does not evaporate or decomposes, and do not tell salts from bases or stereoisomers from one another.
undetected-ms-ms = Product-ion spectra show only the selected precursor: all else in the sample, and what does not ionise, is not seen.
undetected-unknown = The technique is not known, nor what it does not show.

## Quality
quality-good = good
quality-limited = limited
quality-poor = poor
quality-rule-of-thumb = The limits of quality are rules of thumb, not error rates.
no-findings = Nothing was found that limits the use of the spectrum.

## Axis error
axis-mass-spectrum = Mass spectra are compared at their m/z; no axis error is determined.
axis-shift-found = Against the best candidate, { $name }, the sample’s axis reads { $shift } { $unit } higher, where the cross-correlation is largest.
axis-compared = Compared from { $low } to { $high } { $unit }.
axis-no-curve = No curve of the axis error was fitted.

## Control
control-of-named = International control of the substances that the verdict names. National law may go further.
control-of-candidates = The verdict names no substance. This is the international control of the best candidates, for information only.
control-on = law of { $day }
control-newest = newest law that the register knows
control-heading = { $name }: { $day }
since = since { $day }
until = until { $day }
source = source: { $source }
checked = compared with a published list
not-checked = to our knowledge, not yet compared with the official list
salt-open = Salt or base: not resolved. A mass spectrum does not tell a salt from its base or acid.
salt-by-reference = Salt or base: resolved only as far as the named reference is the salt or the base; where both have references, see the look-alikes.
stereo-open = Stereoisomers: not resolved. No technique of this program tells enantiomers apart.
national-none = National status was not asked for.
national-heading = { $name }, law of { $country } on { $day }: { $summary }.
national-source = Overlay: { $title }, by { $issuer }, version { $version }, as of { $day }; { $signed }; SHA-256 { $hash }.

## Library, raw file, program, record
kind-full-spectrum = full spectrum
kind-principal-ions = principal ions only
kind-band-table = table of bands
raw-file-found = The raw file with the recorded SHA-256 was found and read for this report.
no-description-not-recorded = The raw file was not read: the result does not record its SHA-256.
no-description-not-found = The raw file with the recorded SHA-256 was not found when this report was written.
no-description-changed = The raw file has changed since the identification and was not used; its SHA-256 is now { $what }.
no-description-unreadable = The raw file cannot be read ({ $what }).
raw-file-states = The raw file states further, in its own words:
raw-file-more = { $number } further items of the raw file are not shown.
parameters-none = Parameters: not recorded. The result was made by an earlier version of the program.
parameters-words = The same settings with the same program, library and raw file give the same result.
value-usual = the usual of the technique
value-none = none
record-none = Record: the result states no entry of a record.
amends-none = The result amends no earlier one.
amends = This result amends entry { $entry } ({ $hash }) because: { $because }

## Limits and signatures
limit-presumptive = The result is presumptive. It rests on the likeness of spectra and needs confirmation by a technique of other properties against a reference standard.
limit-library = It holds for the stated generation of the library. What the library lacks can be neither named nor excluded.
limit-sample = It relates only to the spectrum of the item as received and measured. How the sample was taken is not known to the program.
limit-quantity = Scores and shares of the signal are no purities and no quantities.
limit-rates = The stated rates were measured on the stated spectra; other instruments and matrices can have others.
limit-control = Control status is told by the register of the program on the stated day and is no legal opinion.
limit-whole = The report may be copied only as a whole, unless the laboratory agrees in writing.
signatures-words = Not authorised without the reviewer’s signature.
sign-analyst = Analyst: name, date, signature
sign-analyst-named = Analyst: { $name }; date, signature
sign-reviewer = Reviewer: name, date, signature
sign-reviewer-named = Reviewer: { $name }; date, signature

## Techniques and units
technique-raman = Raman
technique-infrared = infrared
technique-near-infrared = near-infrared
technique-ei-ms = EI mass spectrum
technique-ms-ms = MS/MS
technique-unknown = unknown technique

# Sentences that other layers make. Places: n_ holds a number, t_ another sentence of this part, others a name.

## Techniques, units and words
s-raman = Raman
s-ir-transmission = infrared (transmission)
s-ir-atr = infrared (ATR)
s-ir-diffuse = infrared (diffuse reflection)
s-ir-gas = infrared (gas phase)
s-ir-unstated = infrared (mode not stated)
s-nir = near-infrared
s-ei = EI mass spectrum
s-msms = MS/MS
s-technique-unknown = unknown technique
s-unit-raman = Raman shift / cm-1
s-unit-wavenumber = wavenumber / cm-1
s-unit-nm = wavelength / nm
s-unit-um = wavelength / um
s-unit-mass = m/z
s-unit-unknown = unknown
s-y-counts = counts
s-y-intensity = intensity
s-y-absorbance = absorbance
s-y-transmittance = transmittance
s-y-percent-transmittance = transmittance / %
s-y-reflectance = reflectance
s-y-percent-reflectance = reflectance / %
s-y-log = log(1/R)
s-y-km = Kubelka-Munk
s-y-abundance = abundance
s-level-identified = identified
s-level-class = class-only
s-level-inconclusive = inconclusive
s-level-absent = not-in-library

## Control status
s-1961-1-4 = 1961 Schedules I and IV
s-1961-1 = 1961 Schedule I
s-1961-2 = 1961 Schedule II
s-1971-1 = 1971 Schedule I
s-1971-2 = 1971 Schedule II
s-1971-3 = 1971 Schedule III
s-1971-4 = 1971 Schedule IV
s-1988-1 = 1988 Table I
s-1988-2 = 1988 Table II
s-issl = special surveillance (ISSL), in no table
s-unverified = status unconfirmed
s-unregistered = not in the register of substances
s-no-listing = no UN listing known
s-or = {$t_a} or {$t_b}
s-why-semicolon = {$t_a}; {$t_b}
s-why-unregistered = the register does not know it; it may be listed
s-why-unlisted = no entry known to the register covers {$name}; that does not mean that it is legal
s-why-unlisted-on = no entry known to the register covers {$name} on {$day}; that does not mean that it is legal
s-why-stereo-stated = if it is {$name}: which stereoisomer it is is not stated
s-why-stereo-measured = if it is {$name}: the measurement does not tell stereoisomers
s-why-isomer = a stereoisomer of {$name}; covered ({$citation})
s-why-isomer-plain = a stereoisomer of {$name}; covered
s-why-group = a named member of the group {$group}
s-why-ester = an ester, ether or derivative of {$name}; covered ({$citation})
s-why-ester-plain = an ester, ether or derivative of {$name}; covered
s-why-surveillance = in no table; publicly known to be under special surveillance; the list itself goes to authorities only
s-why-unverified = a control is reported, and not confirmed
s-why-entry = entry "{$entry}"
s-why-salt = {$salt} of {$name}; salts are covered ({$citation})
s-why-salt-plain = {$salt} of {$name}; salts are covered
s-why-left-out = {$name} is specifically left out: {$entry}.
s-why-salts-left-out = salts of {$name} are specifically left out of {$t_list}.
s-why-no-salts = the name says {$salt}; to the register {$name} forms no salts, so look at the name; {$t_reason}
s-why-ended = it ended in {$month}, on a day that the register does not know, so it may have ended by {$day}
s-why-came = it came into force in {$month}, on a day that the register does not know, so it may not have been in force on {$day}
s-why-decided = it was decided in {$month}; the register does not know the day in force, so it may not have been in force on {$day}
s-remark-stereoisomer = Its stereoisomer {$name} is in {$t_list}.
s-remark-from = {$name}: {$t_list} from {$day}.
s-remark-decided = {$name}: {$t_list} decided in {$day}.
s-remark-until = {$name}: {$t_list} until {$day}.
s-remark-hydrochloric = Salts of hydrochloric acid are specifically excluded from 1988 Table II.
s-remark-sulphuric = Salts of sulphuric acid are specifically excluded from 1988 Table II.
s-remark-complete = The register holds the decisions up to {$day}; later ones are not in it, unless an entry says so.

## National status
s-national-not-loaded = national status not loaded
s-national-none-installed = No overlay of {$country} is installed, so nothing is known of its law; add one with `specid overlay add FILE`.
s-national-no-entry = no entry names it
s-national-not-looked-up = not looked up: neither InChIKey nor CAS number is known
s-national-rule = 1 rule not evaluated
s-national-rules = {$n_rules} rules not evaluated
s-national-salt = This is a salt or another compound of several parts whose base is not known here: an entry that names the base was not found by it.
s-national-by-name = Looked up as {$name} of the register of substances, by its name.
s-national-words-one = 1 rule of this overlay are words that the program does not evaluate: {$rules}.
s-national-words = {$n_rules} rules of this overlay are words that the program does not evaluate: {$rules}.
s-national-group = The substance is named as a member of a group.
s-national-preparation = The entry is on preparations; whether the sample is one is not measured here.
s-national-read = The entry is a rule in words, which the program does not evaluate: read it.
s-national-threshold = The entry depends on the threshold {$threshold}; whether the sample reaches it is not measured here.
s-national-no-first-day = The overlay does not state the entry's first day.
s-national-repealed-after = The entry was in force on {$day} and was repealed after {$end}.
s-national-repealed = The entry was repealed; its last day was {$day}.
s-national-temporary = The control is temporary; the overlay does not state its last day.
s-national-esters = The entry covers esters and ethers, too, which are not looked up by it.
s-national-skeleton-covered = The entry names another form of this skeleton ({$key}) and covers its isomers; charge and isotopes may differ, too.
s-national-skeleton = The entry names another form of this skeleton ({$key}) and does not cover isomers: it applies only where the sample is that form, which most spectra cannot tell.
s-national-all-stereo = The entry names the skeleton, with all its stereoisomers.
s-national-one-stereo = The entry covers this stereoisomer only, which most spectra cannot tell from the others.
s-national-cas = Found by the CAS number only: compare the structure.
s-national-salt-covered = By its name the substance is a salt of what the entry names, and the entry covers salts.
s-national-salt-not-covered = By its name the substance is a salt of what the entry names, and the entry does not cover salts.
s-national-no-salts = The entry does not cover salts: it does not apply to a salt of the substance, and a mass spectrum cannot tell a salt from its base.
s-national-controlled = controlled
s-national-temporary-word = temporary
s-national-monitored = monitored
s-national-exempt = exempt
s-national-repealed-word = repealed
s-national-narcotic = narcotic
s-national-psychotropic = psychotropic
s-national-precursor = precursor
s-national-nps = NPS
s-national-poison = poison
s-national-other = other
s-signed-not = not signed
s-signed-not-checked = signature not checked
s-signed-trusted = {$publisher}, key {$key}, trusted
s-signed-not-trusted = {$publisher}, key {$key}, NOT TRUSTED: {$reason}

## Notice
s-notice = PRESUMPTIVE: a screening result by similarity of spectra. {$t_confirm}
s-confirm-vibrational = Confirm by a technique that works differently, such as GC-MS or LC-MS/MS against a reference standard.
s-confirm-nir = Near-infrared alone is screening; confirm by GC-MS, infrared or Raman spectroscopy.
s-confirm-ei = Confirm by infrared or Raman spectroscopy and by the GC retention of a reference standard; EI spectra of isomers can be alike.
s-confirm-msms = Confirm by the retention time of a reference standard and by infrared or NMR spectroscopy; product-ion spectra of isomers can be alike.
s-confirm-unknown = Confirm by a technique whose settings are known.

## Reasons
s-none-compared = No reference could be compared with this spectrum.
s-too-poor = The spectrum is too poor for a verdict; measure it again.
s-rule-other-version = The library's decision rule is of another version of the program; import it again.
s-set-too-large = {$n_size} substances of the library cannot be told apart at this quality.
s-like-but = The best candidate is like the sample, but substances that are not in the library reach as much.
s-set-held = Such sets held the true substance in {$n_share} % ({$n_low} to {$n_high} %) of {$n_trials} trials.
s-set-size = {$n_size} substances of the library cannot be told apart here; one of them, not a certain one, is named.
s-isomer-rate = An isomer that is not in the library would be called identified in {$n_share} % ({$n_low} to {$n_high} %) of cases.
s-class = It resembles the class {$class}: its {$n_leading} best candidates are of it, but none is like enough to be named.
s-class-right = Where substances that are not in the library were so, the class was right in {$n_share} % ({$n_low} to {$n_high} %) of cases.
s-too-unlike = The best candidate is too unlike the sample. A substance of the library is called so in {$n_share} % ({$n_low} to {$n_high} %) of cases.
s-principal-only = The best candidate is known by its principal ions only, for which no error rate was measured; import a library of full spectra for a verdict.
s-too-few-references = The library holds too few references of this technique to measure how often a wrong substance would be named, so no verdict is given.
s-foreign = {$n_share} % of the sample's weighted ion abundance lies in ions that the best candidate lacks.
s-lacking = {$n_share} % of the best candidate's weighted ion abundance lies in ions that the sample lacks.
s-surplus = {$n_share} % of the sample's weighted ion abundance is not explained by the best candidate.
s-deficit = {$n_share} % of the best candidate's weighted ion abundance is missing in the sample.
s-scatter = The common ions' abundances scatter by a factor of {$n_factor}.
s-no-molecular-ion = The best candidate's molecular ion is not seen in the sample.
s-above-molecular-ion = {$n_share} % of the sample's ions lie above the best candidate's molecular ion.
s-largest-surplus = A strong ion of the sample is not explained by the best candidate.
s-largest-deficit = A strong ion of the best candidate is missing in the sample.
s-tilt = The two instruments' sensitivity differs by a factor of {$n_factor} per 100 m/z.
s-unexplained = {$n_share} % of the sample's signal is not explained by the best candidate.
s-missing = {$n_share} % of the best candidate's signal is missing in the sample.
s-low-score = The best score is low.
s-several = The spectrum holds several components, which are named below; this verdict compares it as a whole with one substance at a time.

## What rates were measured on
s-basis = references of this library, disturbed as another instrument would and judged by a rule learned from the others, {$t_how}
s-basis-present = with their substance in the library
s-basis-present-identified = with their substance in the library, that were called identified
s-basis-absent = with their substance left out
s-basis-absent-no-isomer = with their substance left out and no isomer of it as best candidate
s-basis-absent-isomer = with their substance left out and an isomer of it as best candidate
s-basis-own-present = spectra of present substances
s-basis-own-absent = spectra of absent substances
s-basis-own-sets = identified sets of present substances

## What tells candidates apart
s-ion-stronger = m/z {$n_mz} stronger in {$name}
s-band-stronger = {$n_place} cm-1 stronger in {$name}
s-band-stronger-nm = {$n_place} nm stronger in {$name}

## Targets
s-target-would = would have changed the verdict at {$n_share} % of the signal (to {$t_level})
s-target-named = named by the verdict
s-target-no-reference = no reference of this technique in this library, so its absence was not tested
s-target-no-rule = not tested: the library has no decision rule for this technique
s-target-never = none of nine shares from 0.5 to 95 % would have changed the verdict
s-target-component = {$t_note}; would be named as a component from {$n_share} %
s-target-no-component = {$t_note}; would not be named as a component at up to 60 %

## Components
s-component-said = The library has no reference of this technique of {$name}, which is said to be in the sample, or nothing of it is there.
s-component-said-ions = The library has no mass spectrum of {$name}, which is said to be in the sample, or none of its ions is there.
s-component-adds-nothing = {$name}, which is said to be in the sample, adds nothing to the fit.
s-component-rate-raman = In made mixtures of Raman spectra 0.0 % (0.0 to 0.7 %, n = 582) of the named components were wrong, look-alikes counted, and 6.5 % (3.9 to 10.6 %, n = 215) where components came from other instruments; of 90 mixtures with a component that the library lacks, 12 had something wrong named.
s-component-rate-infrared = In made mixtures of infrared spectra 2.7 % (1.7 to 4.4 %, n = 582) of the named components were wrong, look-alikes counted, and 1.6 % (0.6 to 4.1 %, n = 246) where a component came from another instrument; of 60 mixtures with a component that the library lacks, 16 had something wrong named.
s-component-rate-none = How often a named component is wrong was not measured for this technique.
s-component-rate-ei = In made mixtures of EI spectra of other laboratories 1.5 % (0.9 to 2.5 %, n = 919) of the named components were wrong, look-alikes counted. Where a component is not in the library, an isomer or homologue may be named in its place: with the largest one left out, 46 % of those named were wrong.
s-component-no-ions = The spectrum has no ions that can be compared.
s-component-more = No more than {$n_named} components were asked for; {$n_certain} more would be named.
s-component-doubtful-one = {$n_doubtful} further reference would improve the fit but is not certain enough to be named.
s-component-doubtful = {$n_doubtful} further references would improve the fit but are not certain enough to be named.
s-component-left = {$n_share} % of the signal is not explained and has ions that noise does not make.
s-component-nothing-left = What is left has no ions that noise does not make.

## Hypotheses
s-hypotheses = This library may lack the substance. These hypotheses say which known substances it resembles and what may be changed in them; they name no substance and prove no structure.
s-no-formula-stated = {$n_count} references state no formula and were not looked at: their molecular mass is not known.
s-too-few-ions = The spectrum has {$n_ions} ions, too few for analogues to be looked for.
s-no-precursor-change = The spectrum states no precursor m/z, or has no fragments beside it, so that no change of mass can be told.
s-class-ei-only = Class evidence is given for electron-ionisation mass spectra only.
s-class-no-spectra = The library has no whole electron-ionisation mass spectra, from which classes could be told.
s-class-few-members = No class has {$n_few} substances in the library, from which it could be told.
s-class-no-limit = The library has {$n_tried} spectra of substances of no class, fewer than the {$n_few} from which a limit is set; no class is given.
s-class-note = The class is that of the library's most alike substances; the substance itself is not told. Of {$n_tried} spectra of other substances in the library that belong to no class, {$n_share} % would be given one.
s-class-not-given = No class is supported strongly enough to be given; that does not exclude any.
s-class-few = Too few substances of these classes are in the library to tell them: {$classes}.
s-ion-for-base = m/z {$ion} is the base peak: {$origin}; {$n_members} % of the library's members of the class show an ion of this origin, {$n_none} % of its substances of no class
s-ion-for = m/z {$ion} at {$n_share} % of the base peak: {$origin}; {$n_members} % of the library's members of the class show an ion of this origin, {$n_none} % of its substances of no class
s-ion-none = none of m/z {$ions}: {$origin}; {$n_members} % of the library's members of the class show one
s-ion-foreign = m/z {$ion} at {$n_share} % of the base peak: {$n_members} % of the library's members of the class have it; another substituent, or another class
s-formula-nothing = {$technique} says nothing of the formula: a mass spectrum would.
s-formula-no-ions = The spectrum has no ions that say anything of the formula.
s-formula-no-precursor = No m/z of a precursor is stated: nothing is told of the formula.
s-formula-not-accurate = The precursor's m/z {$mz} is not an accurate mass: no formulas are told, only the nitrogen rule.
s-formula-above = Above a mass of {$n_mass} too many formulas fit an accurate mass; none are told.
s-formula-above-mz = Above m/z {$n_mass} too many formulas fit an accurate mass; none are told.
s-formula-above-nominal = Above m/z {$n_mass} too many formulas fit a nominal mass; none are told.
s-formula-fragments = The fragments' m/z are not accurate: formulas are ranked by the precursor alone.
s-formula-isotopes = Isotopes of the precursor are in the spectrum. How much of them its selection let through is not known: the likeness of the pattern is told, and not ranked by.
s-formula-right = Of a hundred such lists the first formula was the true one in 76, one of the first five in 90.
s-formula-none-ppm = No formula of C, H, N, O, S, P, F, Cl, Br, I fits within {$n_ppm} ppm: another element, another ion type, or a labelled substance.
s-formula-one-ppm = One formula fits within {$n_ppm} ppm.
s-formula-some-ppm = {$n_count} formulas fit within {$n_ppm} ppm; the first {$n_told} are told.
s-formula-more-ppm = more than {$n_count} formulas fit within {$n_ppm} ppm; the first {$n_told} are told.
s-formula-taken = The precursor is stated as m/z {$written}; the peak at m/z {$mz} is taken for it, which is more exact.
s-formula-ion-type = The ion type is not stated; {$types} are tried, the first is by far the most usual.
s-formula-if-molecular = All this holds if m/z {$mz} ({$n_share} % of the base peak) is the molecular ion; electron ionisation of amines and others often shows none. The shares are of drugs; of other substances it was so in 10 to 20 of a hundred fewer.
s-formula-no-loss = The ion at m/z {$ion} would be a loss of {$loss} from m/z {$mz}, which no molecule shows: m/z {$same} is probably no molecular ion, but another fragment, a contaminant's, or part of a mixture. No formulas are told.
s-formula-weak = The ions above it are too weak to say more: no formulas are told from a nominal mass alone.
s-formula-none = No formula of C, H, N, O, S, P, F, Cl, Br, I fits mass and pattern: another element, a labelled substance, or a mixture.
s-formula-some = {$n_count} formulas fit mass and pattern; the first {$n_told} are told, in the order of how well the pattern fits and how usual such formulas are among drugs. A nominal mass does not tell them apart: where the cluster is the molecular ion, the first was the true one in 20 of a hundred, one of ten in 72.
s-formula-more = more than {$n_count} formulas fit mass and pattern; the first {$n_told} are told, in the order of how well the pattern fits and how usual such formulas are among drugs. A nominal mass does not tell them apart: where the cluster is the molecular ion, the first was the true one in 20 of a hundred, one of ten in 72.

## Quality
s-few-points = Only {$n_points} points: bands cannot be told apart. Export the spectrum with all its points.
s-narrow = The spectrum covers only {$n_width} {$unit} ({$n_first} to {$n_last}): few bands to compare. Measure or export the whole range, at least {$n_wanted} {$again}.
s-flat = The curve is flat: there is no signal. Check the shutter, the laser or source, and that the sample was in the beam.
s-fluorescence = The background is {$n_ratio} times as high as the strongest band: fluorescence. Use a laser of longer wavelength, let the sample bleach in the beam, or measure it by infrared.
s-cosmic = {$n_spikes} points look like cosmic rays; they were left out. Measure twice, or with the instrument's removal of cosmic rays, to be sure.
s-noise-only = Signal-to-noise ratio {$n_ratio}: mostly noise. {$t_remedy}.
s-noisy = Signal-to-noise ratio {$n_ratio} is low. {$t_remedy}.
s-remedy-raman = Measure longer, accumulate more scans, or use more laser power if the sample bears it
s-remedy-infrared = Accumulate more scans, use more sample, or press it better onto the crystal
s-saturated = {$n_run} neighbouring points share the highest value: the detector was perhaps saturated and bands are cut off. {$t_remedy}.
s-dark = {$n_dark} points let no light through: bands are cut off. {$t_remedy}.
s-remedy-power = Lower the laser power or the exposure time
s-remedy-thinner = Use less or a thinner sample
s-upside-down = The bands point down although the file does not say transmittance: the ordinate is perhaps transmittance. Export as absorbance, or correct the unit in the file.
s-few-peaks = Only {$n_peaks} peaks: many substances share them. Export the whole peak list, with no threshold.
s-some-peaks = Only {$n_peaks} peaks. Export the whole peak list, with no threshold.
s-saturated-peaks = {$n_peaks} peaks share the highest value: the detector was perhaps saturated. Inject less, or dilute.

## Warnings of searching and preparing
s-axis-limit = The axis shift of the best candidate lies at the limit of {$n_limit} {$unit}: check the calibration of the axis, or widen the limit with --max-shift.
s-short-overlap = {$n_count} references were not compared: they share less than {$n_needed} {$unit} with this spectrum.
s-axis-error = axis error against the best candidate: {$places}: the instrument needs calibration (or the reference's did).
s-precursor-only = Only the precursor ion is left in this spectrum: the ranking rests on its mass and identifies nothing. Measure at a higher collision energy.
s-no-precursor = The file states no precursor m/z; all references were compared.
s-no-such-precursor = No reference has the precursor m/z {$mz} within {$within}; --any-precursor compares all of them.
s-unit-assumed = The file states no unit of the axis; {$t_unit} was assumed.
s-nm-to-shift = The axis in nm was converted to Raman shift with the laser at {$n_laser} nm.
s-to-absorbance = The ordinate ({$t_unit}) was converted to absorbance.
s-opaque = {$n_points} points let almost no light through; their band heights are lower limits.
s-spikes = {$n_points} points looked like cosmic-ray spikes and were bridged.
s-sorted = The axis is not in order; the points were sorted.
s-averaged = Some axis values occur more than once; their ordinates were averaged.
s-not-searchable-points = The spectrum has {$n_found} usable points; at least {$n_needed} are needed.
s-not-searchable-flat = Every value of the spectrum is {$n_value}: there is no signal to compare.
s-not-searchable-range = The axis runs from {$n_first} to {$n_last} {$unit}, outside the range of {$n_from} to {$n_to} {$grid} that is compared for this technique; check the unit and the technique of the export.
s-not-known-technique = The technique of this spectrum is not known; say it with --technique.
s-no-references = The library {$library} holds no {$t_technique} references.

## Warnings of reading
s-technique-taken = Taken as {$t_technique} from {$t_from}; the file does not say so.
s-from-units-range = its units and range
s-from-units = its units
s-from-axis = its axis of m/z
s-from-format = the file format, which is meant for it
s-from-range = its range of wavenumbers
s-from-precursor = its precursor ion
s-from-ionisation = its ionisation ({$word})
s-cas-digit = The check digit of CAS number {$cas} does not hold.
s-no-inchikey = {$key} is not an InChIKey.
s-unit-looks = The file says {$t_stated}, its values look like {$t_seen}; taken as such.
s-unit-beyond = The file says {$t_stated}, but its values go up to {$n_high}: they are no such thing.
s-unit-percent = The file says absorbance, but its values look like per cent transmittance.
s-axis-order = The axis is not in order.
s-axis-repeats = Some axis values occur more than once.
s-no-ordinate = {$n_gaps} points have no ordinate.
s-not-measured = Every value is {$n_value}: this is not a measured spectrum.
s-announced-points = The file announces {$n_announced} points; {$n_read} were read.
s-announced-peaks = The record announces {$n_announced} peaks; {$n_read} were read.
s-no-ionisation = The record does not say how it was ionised; taken as an EI mass spectrum.
s-ei-and-precursor = The record names EI and a precursor ion (m/z {$mz}), but no MS/MS; taken as an EI mass spectrum.
s-peaks-sorted = The peaks are not in order of m/z in the file; they were put in order.
s-no-peaks = The record has no peaks.
s-no-axis-unit = The file states no unit of the axis.
s-raman-assumed = The file states no unit of the axis; taken as Raman shift, for it is Raman.
s-technique-not-stated = The file does not say how the spectrum was measured; --technique says it.
s-columns-left = Columns not taken as spectra: {$columns}.
s-raman-wavenumber = The file says Raman and wavenumber; the axis is taken as Raman shift.
s-per-cent-only = The file says only "per cent"; taken as transmittance.
s-mode-from-names = The infrared mode is taken from the names of experiment and accessory.
s-atr-block = An ATR block, its ordinate taken as absorbance.
s-no-end = The block has no ##END=; it was perhaps cut off.
s-near-infrared-taken = The file says infrared, but its range, from {$n_lowest} cm-1 up, is near-infrared; taken as near-infrared.
s-andi-ei = The file does not say how it was ionised; taken as EI.
s-first-last = FIRSTX or LASTX is missing; the axis was placed by DELTAX or the data lines.
s-y-checks = {$n_failed} Y-checks failed, the first at line {$line}: ordinates may be wrong.
s-bytes-replaced = Some bytes are not valid {$encoding} text and were replaced.
