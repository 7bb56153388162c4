# Bahasa Indonesia. Satu pesan per baris; pesan dan tempat isian sama dengan yang ada dalam bahasa lain.
# Istilah mengikuti SNI ISO/IEC 17025:2017, KBBI, dan EYD V (tanda desimal berupa koma).
# Daftar konvensi PBB disebut "Daftar" dan "Tabel", bukan "Golongan", yang merupakan istilah hukum nasional.

## Cara menulis angka dan tanggal
decimal-sign = ,
clock-sign = .
month-1 = Januari
month-2 = Februari
month-3 = Maret
month-4 = April
month-5 = Mei
month-6 = Juni
month-7 = Juli
month-8 = Agustus
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Desember
day = { $day } { $month } { $year }
moment = { $day }, pukul { $time } (UTC{ $offset })
per-cent = { $value } %
from-to-per-cent = { $low } sampai { $high } %
range = { $low } sampai { $high } ({ $unit })
rate = { $share } % (selang kepercayaan 95 % { $low } sampai { $high } %, n = { $trials })
or = {" "}atau{" "}
yes = ya
no = tidak

## Dokumen
title = Laporan identifikasi spektrum
foot = Hasil presumtif. Laporan hanya boleh digandakan secara utuh.
page-of = Halaman { $page } dari { $pages }
figure = Gambar
figure-caption = Gambar { $number }. { $caption }
continued = lanjutan
running-sample = sampel { $sample }
not-supplied = tidak diberikan
not-recorded = tidak direkam
not-stated = tidak dinyatakan
as-raw-file-says = { $value } (menurut berkas mentah)
heading-part = Hasil { $number } dari { $of }: { $file }, spektrum { $spectrum }

## Nama isian
field-report = Nomor laporan
field-result-id = Pengenal hasil
field-laboratory = Laboratorium
field-requested-by = Pemohon (pelanggan)
field-case = Perkara
field-item = Barang bukti
field-sample = Sampel
field-sample-id = Nama sampel dalam hasil
field-description = Uraian dan kondisi
field-quantity = Jumlah
field-place = Tempat
field-sampling = Pengambilan sampel
field-date-received = Tanggal penerimaan
field-date-measured = Tanggal pengukuran
field-date-identified = Tanggal identifikasi
field-date-issued = Tanggal penerbitan
field-method = Metode
field-technique = Teknik
field-instrument = Instrumen
field-analyst = Analis
field-analyst-signed = Ditandatangani analis pada tanggal
field-reviewer = Peninjau
field-reviewer-signed = Ditinjau dan disahkan pada tanggal
field-remarks = Catatan
field-rule-value = Nilai penerimaan kandidat terbaik
field-rule-above = Teridentifikasi di atas
field-rule-below = Tidak ada dalam pustaka di bawah
field-rule-width = Lebar himpunan
field-rule-most = Jumlah zat terbanyak yang disebut
field-rule-share = Bagian penerimaan salah yang mendasari batas
field-quality = Mutu spektrum
field-points = Titik data
field-peaks = Puncak
field-signal-to-noise = Nisbah sinyal terhadap derau
field-library = Pustaka acuan
field-generation = Generasi
field-library-hash = Nilai hash isi (SHA-256)
field-library-location = Lokasi
field-compared = Acuan yang dibandingkan
field-file = Berkas mentah
field-format = Format
field-sha256 = SHA-256 berkas mentah
field-position = Spektrum dalam berkas
field-record-id = Nama data dalam berkas
field-title = Judul
field-operator = Operator
field-owner = Pemilik data
field-scans = Pemindaian
field-least-area = Luas terkecil yang dinyatakan
field-least-ratio = Nisbah sinyal terhadap derau terkecil yang dinyatakan
field-blank = Analisis blangko
field-ladder = Deret indeks retensi
field-resolution = Resolusi
field-laser = Panjang gelombang laser
field-range = Rentang sumbu
field-ordinate = Ordinat
field-retention = Waktu retensi
field-precursor = m/z prekursor
field-adduct = Jenis ion
field-collision-energy = Energi tumbukan
field-program = Program yang membuat hasil
field-written-by = Program yang menulis laporan ini
field-result-file = Berkas hasil
field-record = Rekaman
field-entry = Entri
field-entry-hash = Nilai hash entri (SHA-256)
field-entry-time = Waktu entri
field-by = Oleh
field-host = Komputer

## Judul bagian
heading-verdict = Putusan
heading-rule = Aturan keputusan
heading-risks = Risiko keputusan yang salah
heading-reasons = Alasan
heading-candidates = Kandidat
heading-scores = Skor dan definisinya
heading-figures = Gambar
heading-look-alikes = Zat yang mirip
heading-separate = Cara membedakannya dalam praktik
heading-components = Komponen
heading-hypotheses = Hipotesis tentang zat yang tidak dikenal
heading-chromatogram = Kromatogram
heading-peaks = Puncak kromatogram
heading-peak = Puncak { $number } pada { $time } min
heading-alerts = Peringatan
heading-undetected = Yang tidak mungkin terdeteksi
heading-quality = Mutu spektrum
heading-warnings = Hal janggal saat pembacaan, penyiapan, dan pencarian
heading-axis = Galat sumbu
heading-control = Status pengawasan internasional
heading-national = Status pengawasan nasional
heading-library = Pustaka dan acuan
heading-raw-file = Berkas mentah
heading-measurement = Pengukuran menurut berkas mentah
heading-program = Program
heading-parameters = Parameter
heading-record = Rekaman dan amendemen
heading-limits = Batasan pernyataan ini
heading-signatures = Tanda tangan

## Kolom
column-substance = Zat
column-inchikey = InChIKey
column-strictest = Status pengawasan terketat
column-possible = Status pengawasan yang mungkin
column-risk = Risiko
column-estimate = Bagian
column-interval = Selang kepercayaan 95 %
column-trials = n
column-basis = Diukur pada
column-rank = Peringkat
column-score = Skor
column-margin = Selisih
column-shift = Pergeseran sumbu
column-control = Status pengawasan
column-formula = Rumus
column-cas = Nomor CAS
column-role = Peran, kelas
column-score-name = Skor
column-first = Peringkat 1
column-second = Peringkat 2
column-third = Peringkat 3
column-candidate = Kandidat
column-told-from = Dapat dibedakan dari
column-told-by = Berdasarkan
column-share = Bagian sinyal
column-instead = Dapat juga berupa
column-analogue = Zat yang dikenal
column-similarity = Kemiripan
column-difference = Beda massa
column-change = Arti beda yang mungkin
column-ions = Ion
column-target = Zat yang ditanyakan
column-in-library = Ada dalam pustaka
column-noticed = Arti hasil negatif
column-place = Letak
column-error = Sampel dikurangi acuan
column-status = Status
column-entry = Entri
column-force = Masa berlaku
column-decision = Keputusan, sumber
column-why = Mengapa mungkin
column-list = Daftar
column-reference = Entri acuan
column-kind = Jenis
column-origin = Asal
column-parameter = Parameter
column-number = No.
column-retention = Retensi / min
column-index = Indeks retensi
column-area = Luas / %
column-ratio = Sinyal terhadap derau
column-purity = Kemurnian puncak / %
column-said = Pernyataan tentangnya
column-value = Nilai

## Judul tabel
table-named = Zat yang disebut dalam putusan
table-risks = Seberapa sering aturan ini salah, menurut hasil pengukuran
table-candidates = Kandidat menurut peringkat, terbaik lebih dahulu, satu per zat
table-identities = Pengenal kandidat
table-scores = Skor kandidat terbaik
table-apart = Hal yang membedakan kandidat
table-components = Komponen dan bagiannya dari sinyal
table-analogues = Zat dikenal yang mungkin menjadi asal zat yang tidak dikenal
table-targets = Zat yang ditanyakan
table-axis = Galat sumbu terhadap kandidat terbaik
table-references = Entri acuan yang digunakan
table-parameters = Pengaturan yang mendasari hasil
table-peaks = Puncak kromatogram menurut waktu

## Putusan
verdict-one = TERIDENTIFIKASI (presumtif): { $name }
verdict-set = TERIDENTIFIKASI (presumtif) sebagai salah satu dari { $number } zat yang di sini tidak dapat dibedakan: { $names }
verdict-identified = TERIDENTIFIKASI (presumtif)
verdict-class-only = HANYA KELAS (presumtif): sampel menyerupai suatu kelas zat; tidak ada zat yang disebut
verdict-inconclusive = TIDAK DAPAT DISIMPULKAN: tidak ada pernyataan yang mungkin
verdict-not-in-library = TIDAK ADA DALAM PUSTAKA INI
verdict-no-result = TIDAK ADA HASIL
run-none = TIDAK ADA PUNCAK YANG TERIDENTIFIKASI
run-named = TERIDENTIFIKASI (presumtif): { $peaks }
run-means = Spektrum setiap puncak dibandingkan dengan pustaka. Puncak dengan beberapa nama merupakan salah satunya; teknik ini tidak menunjukkan yang mana. Kesesuaian dengan retensi standar pembanding tidak diuji.
peak-named = puncak { $number } ({ $time } min): { $names }
peak-background = bukan dari sampel (latar)
peak-in-blank = ada juga dalam blangko
named = { $name } ({ $status })
meaning-identified = Spektrum sesuai dengan zat yang disebut, atau dengan setiap zat dalam himpunan yang disebut, lebih baik daripada yang disyaratkan aturan keputusan. Dari suatu himpunan, zat mana pun dapat merupakan zat tersebut; teknik ini tidak menunjukkan yang mana.
meaning-class-only = Kandidat terbaik termasuk satu kelas, tetapi tidak ada yang cukup mirip untuk disebut. Kelas tersebut dinyatakan dalam alasan.
meaning-inconclusive = Spektrum tidak mendukung suatu zat dan tidak pula menyingkirkan zat dalam pustaka. Sebabnya dinyatakan dalam alasan.
meaning-not-in-library = Spektrum tidak mirip dengan acuan mana pun dari teknik ini dalam pustaka. Hal itu tidak berarti bahwa sampel tidak mengandung zat yang diawasi.
no-reasons = Tidak ada alasan yang dinyatakan.
no-result-because = Spektrum tidak dapat diidentifikasi:
no-result-means = Tidak ada yang dinyatakan tentang sampel: baik bahwa suatu zat ada di dalamnya maupun bahwa suatu zat tidak ada.

## Aturan keputusan
rule-not-stated = Aturan keputusan sebagaimana diterapkan: tidak direkam. Hasil dibuat oleh versi program yang lebih lama, atau tidak ada aturan yang dapat diterapkan (lihat alasan).
rule-words = Aturan ini menimbang hasil pembandingan dengan kandidat terbaik (skor, jarak ke kandidat berikutnya, bagian yang tidak terjelaskan, bagian yang hilang) menjadi satu nilai penerimaan melalui regresi logistik yang dipelajari ketika pustaka dibuat. Di atas { $above } kandidat terbaik dinyatakan teridentifikasi; di bawah { $below } zat dinyatakan tidak ada dalam pustaka; di antaranya paling banyak suatu kelas yang dapat dinyatakan. Di sini nilainya { $value }.
rule-set = Bersama kandidat terbaik disebut semua kandidat yang berada dalam jarak { $width } × (1,05 − skor terbaik) dari skor terbaik, karena teknik ini mungkin tidak dapat membedakannya; lebih dari { $most } zat tidak disebut. Batas atas dipilih sehingga paling banyak { $share } % zat milik pustaka sendiri, yang bergiliran dikeluarkan darinya, dinyatakan teridentifikasi.
rule-follows-identified = Nilai { $value } berada di atas { $above }: teridentifikasi.
rule-follows-class-only = Nilai { $value } tidak berada di atas { $above } dan tidak di bawah { $below }; kandidat teratas termasuk satu kelas: hanya kelas.
rule-follows-inconclusive = Nilainya { $value }, batasnya { $below } dan { $above }: tidak dapat disimpulkan.
rule-follows-not-in-library = Nilai { $value } berada di bawah { $below }: tidak ada dalam pustaka ini.
risk-accept = Penerimaan salah: zat yang tidak ada dalam pustaka dinyatakan teridentifikasi
risk-isomer = Hal yang sama untuk isomer dari zat dalam pustaka
risk-reject = Penolakan salah: zat dalam pustaka dinyatakan tidak ada di dalamnya
risk-accept-words = Risiko penerimaan salah: dari 1000 sampel zat yang tidak ada dalam pustaka, sekitar { $about } ({ $least } sampai { $most }) akan dinyatakan teridentifikasi: { $share } %, selang kepercayaan 95 % { $low } sampai { $high } %, n = { $trials }. Diukur pada: { $basis }.
risk-accept-unknown = Risiko penerimaan salah: tidak dinyatakan dalam hasil. Risiko ini tidak boleh dianggap kecil.
risk-accept-not-applied = Risiko penerimaan salah: tidak ada zat yang teridentifikasi sehingga laju positif palsu tidak berlaku.
risk-isomer-words = Isomer: dari 1000 sampel isomer yang tidak ada dalam pustaka, sekitar { $about } ({ $least } sampai { $most }) akan dinyatakan teridentifikasi: { $share } %, selang kepercayaan 95 % { $low } sampai { $high } %, n = { $trials }. Diukur pada: { $basis }.
risk-reject-words = Risiko penolakan salah: dari 1000 sampel zat dalam pustaka, sekitar { $about } ({ $least } sampai { $most }) akan dinyatakan tidak ada di dalamnya: { $share } %, selang kepercayaan 95 % { $low } sampai { $high } %, n = { $trials }. Diukur pada: { $basis }.
risk-reject-unknown = Risiko penolakan salah: tidak direkam.
set-coverage = Cakupan himpunan: { $share } % himpunan semacam ini memuat zat yang benar.

## Kandidat
no-candidates = Tidak ada kandidat.
candidates-words = Skor mengurutkan kandidat; skor bukan peluang bahwa sampel adalah zat tersebut. Apakah zat itu memang ada dalam pustaka tidak dapat dihitung darinya.
more-candidates = { $number } kandidat lain terdapat dalam hasil dan tidak ditampilkan.

## Skor
score-correlation = korelasi
score-refined = korelasi yang diperhalus
score-background = latar
score-excess = kelebihan terhadap latar
score-hqi = indeks kualitas kecocokan
score-first_derivative = korelasi turunan pertama
score-axis_rms = galat sumbu, akar rerata kuadrat
score-flexibility = beban kelenturan
score-smoothing = penghalusan
score-unexplained = bagian yang tidak terjelaskan
score-missing = bagian yang hilang
score-extra = pita tambahan
score-compared = lebar yang dibandingkan
score-cosine = kosinus
score-stein_scott = gabungan Stein dan Scott
score-entropy = kemiripan entropi spektral
score-match = faktor kecocokan
score-reverse_match = faktor kecocokan terbalik
score-tilt = kemiringan
score-foreign = ion asing
score-lacking = ion yang tidak ada
score-surplus = kelebihan
score-deficit = kekurangan
score-scatter = sebaran
score-largest_surplus = kelebihan terbesar
score-largest_deficit = kekurangan terbesar
score-molecular_ion = ion molekul
score-above_molecular_ion = di atas ion molekul
score-heaviest_ion = ion terberat
score-similarity = kemiripan entropi pada resolusi pasangan
score-losses = kemiripan kehilangan netral
score-matched_peaks = puncak yang cocok
score-explained = bagian yang terjelaskan
score-support = acuan yang sesuai
definition = { $name }: { $text }
ranking-raman = Skor (peringkat): korelasi yang diperhalus menurut definisi di bawah; untuk kandidat yang tidak dibandingkan untuk kedua kali, korelasi, paling tinggi sama dengan nilai terendah yang diperhalus. 1 berarti kesesuaian sempurna. Sumber: dokumentasi specid, modul search.
ranking-infrared = Skor (peringkat): korelasi yang diperhalus menurut definisi di bawah; untuk kandidat yang tidak dibandingkan untuk kedua kali, korelasi, paling tinggi sama dengan nilai terendah yang diperhalus. 1 berarti kesesuaian sempurna. Sumber: dokumentasi specid, modul search.
ranking-near-infrared = Skor (peringkat): korelasi yang diperhalus menurut definisi di bawah; untuk kandidat yang tidak dibandingkan untuk kedua kali, korelasi, paling tinggi sama dengan nilai terendah yang diperhalus. 1 berarti kesesuaian sempurna. Sumber: dokumentasi specid, modul search.
ranking-ei-ms = Skor (peringkat): kemiripan entropi spektral (Li dkk. 2021) dari spektrum dengan kelimpahan yang dibobot (m/z)^0,8, setelah perubahan kepekaan yang lambat terhadap m/z antara kedua instrumen (kemiringan) dihilangkan, beserta petunjuk ion molekul; 0 sampai 1. Sumber: dokumentasi specid, modul correlate::ions.
ranking-ms-ms = Skor (peringkat): kemiripan entropi spektral (Li dkk. 2021) dari daftar puncak pada resolusi pasangan; bila acuan dengan prekursor apa pun dibandingkan, kehilangan netral turut dihitung dengan bobot setengah; 0 sampai 1. Sumber: dokumentasi specid, modul search.
ranking-other = Skor (peringkat): didefinisikan dalam dokumentasi specid, modul search. 1 berarti kesesuaian sempurna.
define-margin = Selisih: skor dikurangi skor kandidat berikutnya.
define-axis-shift = Pergeseran sumbu: seberapa jauh sumbu sampel terbaca lebih tinggi daripada sumbu acuan, pada letak korelasi silang keduanya paling besar.
define-correlation = korelasi silang ternormalisasi terbesar antara sampel dan acuan (r Pearson setempat) dalam toleransi sumbu, keduanya disiapkan menurut resep teknik tersebut. Sumber: dokumentasi specid, modul correlate.
define-correlation-mass = korelasi ternormalisasi antara sampel dan acuan pada sumbu massa satuan, keduanya disiapkan menurut resep teknik tersebut. Sumber: dokumentasi specid, modul correlate.
define-refined = korelasi parsial antara sampel dan acuan dengan polinomial pangkat tiga, setelah kurva sumbu di antara keduanya dan penghalusan Gauss yang memberi kesesuaian terbaik, dikurangi beban atas kelenturan itu. Sumber: dokumentasi specid, modul search.
define-background = rerata korelasi silang yang sama di luar toleransi sumbu: nilai yang diberikan pasangan ini secara kebetulan (seperti Xcorr: Eng dkk. 1994, doi:10.1016/1044-0305(94)80016-2).
define-excess = korelasi dikurangi latar.
define-hqi = kuadrat korelasi Pearson kedua kurva pada rentang bersama tanpa pergeseran, sebelum pembobotan dan penghilangan garis dasar; 0 sampai 1 (Lowry 2006, doi:10.1002/0470027320.s4604; Rodriguez dkk. 2011, doi:10.1021/ac1021366).
define-first_derivative = indeks kualitas kecocokan dari selisih pertama, yang tidak dipengaruhi garis dasar yang miring (Lowry 2006, doi:10.1002/0470027320.s4604).
define-axis_rms = akar rerata kuadrat kurva sumbu pada rentang bersama, dalam satuan sumbu. Sumber: dokumentasi specid, modul search.
define-flexibility = beban kurva sumbu dan penghalusan terhadap skor yang diperhalus. Sumber: dokumentasi specid, modul search.
define-smoothing = lebar Gauss penghalusan sampel (positif) atau acuan (negatif), dalam satuan sumbu. Sumber: dokumentasi specid, modul search.
define-unexplained = 1 dikurangi kuadrat korelasi parsial: bagian sinyal sampel yang tidak dijelaskan oleh acuan. Sumber: dokumentasi specid, modul search.
define-missing = bagian pita kuat acuan yang tidak ada pada sampel. Sumber: dokumentasi specid, modul search.
define-missing-mass = bagian intensitas acuan berbobot entropi pada puncak yang tidak ada pada sampel. Sumber: dokumentasi specid, modul search.
define-extra = bagian pita kuat sampel yang tidak ada pada acuan. Sumber: dokumentasi specid, modul search.
define-compared = lebar sumbu tempat pasangan dibandingkan, dalam satuan sumbu. Sumber: dokumentasi specid, modul search.
define-cosine = kosinus akar kelimpahan: Σ√(q·r) / √(Σq · Σr); 0 sampai 1. Sumber: dokumentasi specid, modul correlate::score.
define-stein_scott = (N_q F_D + N_c F_R) / (N_q + N_c): hasil kali titik berbobot F_D dengan kelimpahan^0,6 (m/z)^3 dan suku F_R dari nisbah ion bersama yang bertetangga; 0 sampai 1 (Stein dan Scott 1994, doi:10.1016/1044-0305(94)87009-8).
define-entropy = kemiripan entropi spektral dengan logaritma natural, kelimpahan dibobot bila entropi di bawah 3; 0 sampai 1 (Li dkk. 2021, doi:10.1038/s41592-021-01331-z).
define-match = 999 kali hasil kali titik berbobot dengan √kelimpahan · m/z; 0 sampai 999 (Stein dan Scott 1994, doi:10.1016/1044-0305(94)87009-8).
define-reverse_match = faktor kecocokan tanpa ion sampel yang tidak ada pada acuan, untuk campuran; 0 sampai 999.
define-tilt = kemiringan ln(sampel / acuan) per 100 m/z pada ion bersama: seberapa besar kepekaan kedua instrumen berbeda. Sumber: dokumentasi specid, modul correlate::ions.
define-foreign = bagian kelimpahan berbobot sampel pada ion (paling sedikit 1 % puncak dasar) yang tidak ada pada acuan. Sumber: dokumentasi specid, modul correlate::ions.
define-lacking = bagian kelimpahan berbobot acuan pada ion yang tidak ada pada sampel. Sumber: dokumentasi specid, modul correlate::ions.
define-surplus = bagian kelimpahan berbobot sampel di atas dua kali nilai yang diramalkan acuan. Sumber: dokumentasi specid, modul correlate::ions.
define-deficit = bagian kelimpahan berbobot acuan di atas dua kali nilai yang ditunjukkan sampel. Sumber: dokumentasi specid, modul correlate::ions.
define-scatter = simpangan baku berbobot dari ln(sampel / acuan) pada ion bersama. Sumber: dokumentasi specid, modul correlate::ions.
define-largest_surplus = kelebihan terbesar satu ion, dalam akar kelimpahan. Sumber: dokumentasi specid, modul correlate::ions.
define-largest_deficit = kekurangan terbesar satu ion, dalam akar kelimpahan. Sumber: dokumentasi specid, modul correlate::ions.
define-molecular_ion = 1 bila sampel menunjukkan ion pada massa molekul nominal acuan, 0 bila tidak, 0,5 bila massanya tidak diketahui. Sumber: dokumentasi specid, modul correlate::ions.
define-above_molecular_ion = bagian kelimpahan sampel yang lebih dari 3 di atas massa molekul acuan. Sumber: dokumentasi specid, modul correlate::ions.
define-heaviest_ion = ion terberat sampel dengan paling sedikit 2 % puncak dasar. Sumber: dokumentasi specid, modul correlate::ions.
define-similarity = kemiripan entropi spektral daftar puncak pada resolusi pasangan; 0 sampai 1 (Li dkk. 2021, doi:10.1038/s41592-021-01331-z).
define-losses = hal yang sama untuk kehilangan netral, yaitu jarak puncak dari prekursor. Sumber: dokumentasi specid, modul search.
define-matched_peaks = jumlah puncak bersama. Sumber: dokumentasi specid, modul search.
define-explained = bagian intensitas sampel berbobot entropi pada puncak yang cocok. Sumber: dokumentasi specid, modul search.
define-support = jumlah acuan zat ini yang sesuai dengan sampel (kemiripan paling sedikit 0,5). Sumber: dokumentasi specid, modul search.
define-unknown = skor dari versi program yang lain; definisinya ada dalam dokumentasi versi tersebut.

## Gambar
axis-raman-shift = pergeseran Raman / cm⁻¹
axis-wavenumber = bilangan gelombang / cm⁻¹
axis-mass = m/z
axis-retention = waktu retensi / min
figure-total = arus ion total / %
caption-chromatogram = Arus ion total dalam persen nilai terbesarnya, dengan nomor puncak dan nama puncak yang teridentifikasi (presumtif).
alt-chromatogram = Arus ion total terhadap waktu retensi, dengan { $number } puncak.
figure-sample = sampel
figure-sum = jumlah komponen
figure-share = bagian tinggi
figure-rest = sisa
figure-abundance = kelimpahan / %
figure-difference = selisih / %
figure-axis-error = galat / { $unit }
moved-curve = Acuan digeser menurut kurva sumbu yang ditemukan.
moved-shift = Acuan digeser menurut pergeseran sumbu yang ditemukan ({ $shift } { $unit }).
moved-not = Acuan tidak digeser.
caption-curve = Sampel (garis penuh tipis) dan acuan { $name } (garis putus-putus tebal, entri { $entry }) sebagaimana dibandingkan, sebelum pembobotan dan penghilangan garis dasar. { $moved } Acuan diskalakan, dengan polinomial pangkat tiga di bawahnya, menurut kuadrat terkecil. Di bawah: sampel dikurangi acuan, dalam satuan yang sama.
alt-curve = Kurva sampel di atas kurva { $name }; sisanya paling besar { $most } % dari tinggi kurva sampel.
caption-ions = Spektrum massa sampel (ke atas) dan { $name } (ke bawah, putus-putus, entri { $entry }), masing-masing dalam persen puncak dasarnya, dengan m/z ion utamanya. Di bawah: sampel dikurangi acuan.
alt-ions = Ion sampel berhadapan dengan ion { $name }; perbedaannya paling besar { $most } % dari puncak dasar.
caption-analogue = HIPOTESIS: spektrum massa zat yang tidak dikenal (ke atas) dan { $name } (ke bawah, putus-putus), yang ion pembawa perubahannya digeser sebesar { $by }. Di bawah: selisih keduanya.
alt-analogue = Ion zat yang tidak dikenal berhadapan dengan ion { $name }, yang digeser sebesar { $by } bila membawa perubahan.
caption-fit = Sampel (garis penuh tipis) di atas garis dasarnya dan jumlah komponen yang disebut (garis putus-putus tebal). Di bawah: sisa setelah komponen.
alt-fit = Kurva sampel di atas jumlah kurva komponennya, dan sisanya.
caption-alone = Sampel, tanpa acuan.
alt-alone = Spektrum sampel.
caption-axis-error = Galat sumbu sampel terhadap { $name }, dalam { $unit }: bacaan sumbu sampel dikurangi bacaan sumbu acuan.
alt-axis-error = Kurva galat sumbu terhadap { $name }; nilainya ada dalam tabel.
no-figure = Tidak ada gambar dengan { $name }: acuannya (entri { $entry }) sudah tidak ada dalam pustaka, atau keduanya tidak memiliki rentang bersama.
no-figures = Tidak ada gambar yang dibuat.
no-raw-not-recorded = Spektrum tidak digambar: hasil tidak merekam SHA-256 berkas mentahnya sehingga tidak ada berkas yang dapat dipastikan sebagai berkas itu.
no-raw-not-found = Spektrum tidak digambar: berkas mentah dengan SHA-256 yang direkam tidak ditemukan.
no-raw-changed = Spektrum tidak digambar: berkas mentah telah berubah sejak identifikasi; SHA-256-nya sekarang { $what }.
no-raw-unreadable = Spektrum tidak digambar: berkas mentah tidak dapat dibaca ({ $what }).
no-library-not-recorded = Acuan tidak digambar: hasil tidak merekam nilai hash pustaka.
no-library-not-found = Acuan tidak digambar: pustaka dengan generasi yang direkam tidak ditemukan.
no-library-changed = Acuan tidak digambar: pustaka yang ditemukan memiliki nilai hash isi yang berbeda dari yang direkam: { $what }.
no-library-unreadable = Acuan tidak digambar: pustaka tidak dapat dibaca ({ $what }).

## Zat yang mirip
look-alikes-not-looked = Zat yang di sini tidak dapat dibedakan dari { $name }: hal ini tidak diperiksa untuk kandidat ini.
look-alikes-none = Di antara zat dalam pustaka ini tidak ditemukan zat yang tidak dapat dibedakan dari { $name } pada mutu dan rentang ini.
look-alikes-some = Pada mutu dan rentang ini, zat berikut dalam pustaka tidak dapat dibedakan dari { $name }:
apart-as-a-whole = spektrum secara keseluruhan
same-skeleton = Daftar zat program mengenal zat berikut dengan kerangka yang sama dengan { $name } (stereoisomer, garam, isotop). Kebanyakan teknik tidak dapat membedakannya, baik ada dalam pustaka maupun tidak:
separate-raman = Teknik lain membedakan yang tidak dibedakan oleh spektrum Raman: spektroskopi inframerah untuk gugus polar, GC-MS atau LC-MS/MS terhadap standar pembanding untuk isomer dan campuran.
separate-infrared = Teknik lain membedakan yang tidak dibedakan oleh spektrum inframerah: spektroskopi Raman untuk gugus simetris dan mineral, GC-MS atau LC-MS/MS terhadap standar pembanding untuk isomer dan campuran.
separate-near-infrared = Pita inframerah dekat lebar: spektroskopi inframerah atau Raman, serta GC-MS atau LC-MS/MS terhadap standar pembanding, membedakan yang tidak dibedakannya.
separate-ei-ms = Isomer posisi sering memiliki spektrum EI yang mirip: spektroskopi inframerah (juga GC-IR) dan NMR membedakannya, demikian pula waktu retensi terhadap standar pembanding, bila perlu setelah derivatisasi.
separate-ms-ms = Isomer sering memiliki ion produk yang mirip: waktu retensi terhadap standar pembanding, spektroskopi inframerah, dan NMR membedakannya.
separate-unknown = Teknik dengan prinsip kerja yang berbeda, terhadap standar pembanding.
separate-stereoisomers = Stereoisomer dengan kerangka yang sama memerlukan metode kiral (kromatografi kiral, derivatisasi dengan pereaksi kiral, polarimetri, dikroisme sirkular vibrasi); diastereomer juga berbeda dalam waktu retensi dan spektrum inframerah.
separate-salts = Garam dan basa atau asamnya berbeda dalam spektrum inframerah dan Raman, tetapi tidak dalam spektrum massa; ionnya dikenali melalui spektroskopi inframerah, kromatografi ion, atau uji warna.

## Komponen
components-not-looked = Komponen tidak dicari, atau tidak dapat dinyatakan untuk teknik ini. Tidak dinyatakan bahwa sampel hanya mengandung satu zat.
components-none = Tidak ada komponen yang cukup pasti untuk disebut.
components-one = Satu komponen disebut (presumtif). Bagian dinyatakan terhadap sinyal, bukan terhadap bobot.
components-several = { $number } komponen disebut (presumtif). Bagian dinyatakan terhadap sinyal, bukan terhadap bobot.
component-known = { $name } (dinyatakan ada dalam sampel)
residual-structured = Sisa: { $share } % sinyal tidak terjelaskan dan memiliki struktur tersendiri; mungkin ada zat lain dalam sampel.
residual-plain = Sisa: { $share } % sinyal tidak terjelaskan, tidak lebih daripada yang ditinggalkan derau dan garis dasar.
residual-like = Sisa tersebut paling menyerupai { $names }, tetapi terlalu sedikit untuk disebut.

## Hipotesis
hypotheses-none = Tidak ada hipotesis yang dinyatakan.
hypotheses-notice = HIPOTESIS. Uraian berikut tidak menyebut suatu zat dan tidak membuktikan suatu struktur. Uraian ini tidak boleh digunakan sebagai identifikasi.
class-given = Hipotesis tentang kelas: { $title }.
class-nearest = Tidak ada kelas yang cukup pasti; yang terdekat ialah { $title }.
class-part = Paling mirip dengan bagian kelas: { $title }.
class-rate = Zat di luar semua kelas yang mencapai skor setinggi itu: { $rate }.
class-for = Yang mendukung:
class-against = Yang menentang:
mass-agreement = { $mass } (kesesuaian acuan { $agreement })
mass-precursor = { $mass } (dari prekursor)
molecular-masses = Massa molekul yang mungkin, menurut hipotesis terbaik lebih dahulu: { $masses }.
change-isomer = massa sama: suatu isomer
change-unknown = tidak ada perubahan lazim yang sesuai
ions-moved-kept = bergeser: { $moved }; tetap: { $kept }
analogues-right = Dengan skor seperti ini, salah satu dari tiga yang pertama merupakan analog dengan perubahan yang benar: { $new } untuk zat baru dan prekursor yang tidak ada dalam pustaka; { $others } untuk zat lain.

## Peringatan
alerts-none = Hasil tidak menyatakan kemiripan dengan zat tidak dikenal dari laboratorium lain.
alert = PERINGATAN: spektrum mirip dengan zat tidak dikenal { $notice } yang diberitahukan oleh { $publisher } (kemiripan { $similarity }).
alert-named = Mereka menemukan bahwa zat itu ialah { $name }.

## Yang tidak mungkin terdeteksi
targets-none = Tidak ada zat tertentu yang ditanyakan. Ketiadaan zat selain yang disebut dalam putusan tidak dinyatakan.
targets-some = Untuk zat berikut telah diuji mulai bagian sinyal berapa zat itu akan diketahui. Ketiadaan zat lain tidak dinyatakan.
undetected-general = Zat yang tidak ada dalam pustaka, zat di bawah bagian yang dapat dideteksi, dan zat yang sinyalnya tertutup zat lain tidak dapat dideteksi dengan pembandingan ini.
undetected-raman = Spektrum Raman tidak menunjukkan penghambur lemah di samping yang kuat, jumlah renik (di bawah beberapa persen), dan yang tertutup fluoresensi.
undetected-infrared = Spektrum inframerah tidak menunjukkan jumlah renik (di bawah beberapa persen) dan senyawa ionik tanpa pita seperti natrium klorida.
undetected-near-infrared = Spektrum inframerah dekat tidak menunjukkan komponen di bawah beberapa persen dan kebanyakan senyawa anorganik.
undetected-ei-ms = Spektrum massa EI tidak menunjukkan zat yang tidak menguap atau yang terurai, dan tidak membedakan garam dari basa atau stereoisomer satu sama lain.
undetected-ms-ms = Spektrum ion produk hanya menunjukkan prekursor yang dipilih: zat lain dalam sampel dan zat yang tidak terionkan tidak terlihat.
undetected-unknown = Teknik tidak diketahui, demikian pula apa yang tidak ditunjukkannya.

## Mutu
quality-good = baik
quality-limited = terbatas
quality-poor = buruk
quality-rule-of-thumb = Batas mutu merupakan aturan praktis, bukan laju kesalahan.
no-findings = Tidak ditemukan hal yang membatasi penggunaan spektrum.

## Galat sumbu
axis-mass-spectrum = Spektrum massa dibandingkan pada nilai m/z; galat sumbu tidak ditentukan.
axis-shift-found = Terhadap kandidat terbaik, { $name }, sumbu sampel terbaca { $shift } { $unit } lebih tinggi, pada letak korelasi silang paling besar.
axis-compared = Dibandingkan dari { $low } sampai { $high } { $unit }.
axis-no-curve = Kurva galat sumbu tidak ditentukan.

## Pengawasan
control-of-named = Pengawasan internasional atas zat yang disebut dalam putusan. Hukum nasional dapat lebih ketat.
control-of-candidates = Putusan tidak menyebut zat. Berikut pengawasan internasional atas kandidat terbaik, hanya sebagai keterangan.
control-on = hukum pada { $day }
control-newest = hukum terbaru yang dikenal daftar zat program
control-heading = { $name }: { $day }
since = sejak { $day }
until = sampai { $day }
source = sumber: { $source }
checked = telah dibandingkan dengan daftar yang diterbitkan
not-checked = sepengetahuan kami, belum dibandingkan dengan daftar resmi
salt-open = Garam atau basa: tidak ditentukan. Spektrum massa tidak membedakan garam dari basa atau asamnya.
salt-by-reference = Garam atau basa: ditentukan hanya sejauh acuan yang disebut merupakan garam atau basa; bila keduanya memiliki acuan, lihat zat yang mirip.
stereo-open = Stereoisomer: tidak ditentukan. Tidak ada teknik dalam program ini yang membedakan enantiomer.
national-none = Status nasional tidak ditanyakan.
national-heading = { $name }, hukum { $country } pada { $day }: { $summary }.
national-source = Berkas hukum nasional: { $title }, oleh { $issuer }, versi { $version }, keadaan { $day }; { $signed }; SHA-256 { $hash }.

## Pustaka, berkas mentah, program, rekaman
kind-full-spectrum = spektrum penuh
kind-principal-ions = hanya ion utama
kind-band-table = tabel pita
raw-file-found = Berkas mentah dengan SHA-256 yang direkam telah ditemukan dan dibaca untuk laporan ini.
no-description-not-recorded = Berkas mentah tidak dibaca: hasil tidak merekam SHA-256-nya.
no-description-not-found = Berkas mentah dengan SHA-256 yang direkam tidak ditemukan ketika laporan ini ditulis.
no-description-changed = Berkas mentah telah berubah sejak identifikasi dan tidak digunakan; SHA-256-nya sekarang { $what }.
no-description-unreadable = Berkas mentah tidak dapat dibaca ({ $what }).
raw-file-states = Selanjutnya berkas mentah menyatakan, dengan kata-katanya sendiri:
raw-file-more = { $number } keterangan lain dari berkas mentah tidak ditampilkan.
parameters-none = Parameter: tidak direkam. Hasil dibuat oleh versi program yang lebih lama.
parameters-words = Pengaturan yang sama dengan program, pustaka, dan berkas mentah yang sama memberikan hasil yang sama.
value-usual = yang lazim untuk teknik ini
value-none = tidak ada
record-none = Rekaman: hasil tidak menyatakan entri suatu rekaman.
amends-none = Hasil ini tidak mengubah hasil terdahulu.
amends = Hasil ini mengubah entri { $entry } ({ $hash }) karena: { $because }

## Batasan dan tanda tangan
limit-presumptive = Hasil ini presumtif. Hasil didasarkan pada kemiripan spektrum dan memerlukan konfirmasi dengan teknik yang sifatnya berbeda terhadap standar pembanding.
limit-library = Hasil berlaku untuk generasi pustaka yang disebutkan. Zat yang tidak ada dalam pustaka tidak dapat disebut dan tidak dapat disingkirkan.
limit-sample = Hasil hanya berkaitan dengan spektrum barang yang diterima dan diukur. Cara pengambilan sampel tidak diketahui oleh program.
limit-quantity = Skor dan bagian sinyal bukan kemurnian dan bukan kadar.
limit-rates = Laju yang disebutkan diukur pada spektrum yang disebutkan; instrumen dan matriks lain dapat memiliki laju yang lain.
limit-control = Status pengawasan dinyatakan menurut daftar zat program pada hari yang disebutkan dan bukan pendapat hukum.
limit-whole = Laporan hanya boleh digandakan secara utuh, kecuali dengan persetujuan tertulis laboratorium.
signatures-words = Tidak sah tanpa tanda tangan peninjau.
sign-analyst = Analis: nama, tanggal, tanda tangan
sign-analyst-named = Analis: { $name }; tanggal, tanda tangan
sign-reviewer = Peninjau: nama, tanggal, tanda tangan
sign-reviewer-named = Peninjau: { $name }; tanggal, tanda tangan

## Teknik dan satuan
technique-raman = Raman
technique-infrared = inframerah
technique-near-infrared = inframerah dekat
technique-ei-ms = spektrum massa EI
technique-ms-ms = MS/MS
technique-unknown = teknik tidak diketahui
technique-run = analisis GC-MS (EI)

# Kalimat yang dibuat lapisan lain.

## Teknik, satuan, dan kata
s-raman = Raman
s-ir-transmission = inframerah (transmisi)
s-ir-atr = inframerah (ATR)
s-ir-diffuse = inframerah (pantulan baur)
s-ir-gas = inframerah (fase gas)
s-ir-unstated = inframerah (mode tidak dinyatakan)
s-nir = inframerah dekat
s-ei = spektrum massa EI
s-msms = MS/MS
s-technique-unknown = teknik tidak diketahui
s-unit-raman = pergeseran Raman / cm-1
s-unit-wavenumber = bilangan gelombang / cm-1
s-unit-nm = panjang gelombang / nm
s-unit-um = panjang gelombang / um
s-unit-mass = m/z
s-unit-unknown = tidak diketahui
s-y-counts = cacahan
s-y-intensity = intensitas
s-y-absorbance = absorbans
s-y-transmittance = transmitans
s-y-percent-transmittance = transmitans / %
s-y-reflectance = reflektans
s-y-percent-reflectance = reflektans / %
s-y-log = log(1/R)
s-y-km = Kubelka-Munk
s-y-abundance = kelimpahan
s-level-identified = teridentifikasi
s-level-class = hanya kelas
s-level-inconclusive = tidak dapat disimpulkan
s-level-absent = tidak ada dalam pustaka

## Status pengawasan
s-1961-1-4 = Daftar I dan IV Konvensi 1961
s-1961-1 = Daftar I Konvensi 1961
s-1961-2 = Daftar II Konvensi 1961
s-1971-1 = Daftar I Konvensi 1971
s-1971-2 = Daftar II Konvensi 1971
s-1971-3 = Daftar III Konvensi 1971
s-1971-4 = Daftar IV Konvensi 1971
s-1988-1 = Tabel I Konvensi 1988
s-1988-2 = Tabel II Konvensi 1988
s-issl = pemantauan khusus (ISSL), tidak ada dalam tabel
s-unverified = status belum dipastikan
s-unregistered = tidak ada dalam daftar zat program
s-no-listing = tidak diketahui tercantum dalam daftar PBB
s-or = {$t_a} atau {$t_b}
s-why-semicolon = {$t_a}; {$t_b}
s-why-unregistered = daftar zat program tidak mengenalnya; zat ini mungkin tercantum
s-why-unlisted = tidak ada entri yang dikenal daftar zat program yang mencakup {$name}; itu tidak berarti bahwa zat ini legal
s-why-unlisted-on = tidak ada entri yang dikenal daftar zat program yang mencakup {$name} pada {$day}; itu tidak berarti bahwa zat ini legal
s-why-stereo-stated = bila zat itu {$name}: stereoisomer yang mana tidak dinyatakan
s-why-stereo-measured = bila zat itu {$name}: pengukuran tidak membedakan stereoisomer
s-why-isomer = stereoisomer dari {$name}; tercakup ({$citation})
s-why-isomer-plain = stereoisomer dari {$name}; tercakup
s-why-group = anggota bernama dari kelompok {$group}
s-why-ester = ester, eter, atau turunan dari {$name}; tercakup ({$citation})
s-why-ester-plain = ester, eter, atau turunan dari {$name}; tercakup
s-why-surveillance = tidak ada dalam tabel; diketahui umum berada dalam pemantauan khusus; daftarnya sendiri hanya untuk pihak berwenang
s-why-unverified = suatu pengawasan dilaporkan dan belum dipastikan
s-why-entry = entri "{$entry}"
s-why-salt = {$salt} dari {$name}; garam tercakup ({$citation})
s-why-salt-plain = {$salt} dari {$name}; garam tercakup
s-why-left-out = {$name} secara tegas dikecualikan: {$entry}.
s-why-salts-left-out = garam dari {$name} secara tegas dikecualikan dari {$t_list}.
s-why-no-salts = namanya menyatakan {$salt}; menurut daftar zat program {$name} tidak membentuk garam sehingga nama itu perlu diperiksa; {$t_reason}
s-why-ended = berakhir pada {$month}, pada hari yang tidak diketahui daftar zat program, sehingga mungkin telah berakhir pada {$day}
s-why-came = mulai berlaku pada {$month}, pada hari yang tidak diketahui daftar zat program, sehingga mungkin belum berlaku pada {$day}
s-why-decided = diputuskan pada {$month}; hari mulai berlakunya tidak diketahui daftar zat program sehingga mungkin belum berlaku pada {$day}
s-remark-stereoisomer = Stereoisomernya {$name} tercantum dalam {$t_list}.
s-remark-from = {$name}: {$t_list} sejak {$day}.
s-remark-decided = {$name}: {$t_list} diputuskan pada {$day}.
s-remark-until = {$name}: {$t_list} sampai {$day}.
s-remark-hydrochloric = Garam asam klorida secara tegas dikecualikan dari Tabel II Konvensi 1988.
s-remark-sulphuric = Garam asam sulfat secara tegas dikecualikan dari Tabel II Konvensi 1988.
s-remark-complete = Daftar zat program memuat keputusan sampai {$day}; keputusan sesudahnya tidak termuat, kecuali bila suatu entri menyatakannya.

## Status nasional
s-national-not-loaded = status nasional tidak dimuat
s-national-none-installed = Berkas hukum {$country} tidak terpasang sehingga hukumnya tidak diketahui; tambahkan dengan `specid overlay add BERKAS`.
s-national-no-entry = tidak ada entri yang menyebutnya
s-national-not-looked-up = tidak dicari: InChIKey dan nomor CAS tidak diketahui
s-national-rule = 1 aturan tidak dinilai
s-national-rules = {$n_rules} aturan tidak dinilai
s-national-salt = Zat ini garam atau senyawa lain yang terdiri atas beberapa bagian yang basanya tidak diketahui di sini: entri yang menyebut basanya tidak ditemukan melaluinya.
s-national-by-name = Dicari sebagai {$name} dari daftar zat program, menurut namanya.
s-national-words-one = 1 aturan dalam berkas hukum ini berupa uraian yang tidak dinilai oleh program: {$rules}.
s-national-words = {$n_rules} aturan dalam berkas hukum ini berupa uraian yang tidak dinilai oleh program: {$rules}.
s-national-group = Zat ini disebut sebagai anggota suatu kelompok.
s-national-preparation = Entri ini mengenai sediaan; apakah sampel merupakan sediaan tidak diukur di sini.
s-national-read = Entri ini berupa aturan dalam uraian yang tidak dinilai oleh program: bacalah.
s-national-threshold = Entri ini bergantung pada ambang {$threshold}; apakah sampel mencapainya tidak diukur di sini.
s-national-no-first-day = Berkas hukum tidak menyatakan hari pertama berlakunya entri.
s-national-repealed-after = Entri ini berlaku pada {$day} dan dicabut setelah {$end}.
s-national-repealed = Entri ini telah dicabut; hari terakhir berlakunya {$day}.
s-national-temporary = Pengawasan ini bersifat sementara; berkas hukum tidak menyatakan hari terakhirnya.
s-national-esters = Entri ini juga mencakup ester dan eter, yang tidak dicari melaluinya.
s-national-skeleton-covered = Entri ini menyebut bentuk lain dari kerangka ini ({$key}) dan mencakup isomernya; muatan dan isotop juga dapat berbeda.
s-national-skeleton = Entri ini menyebut bentuk lain dari kerangka ini ({$key}) dan tidak mencakup isomer: entri hanya berlaku bila sampel berbentuk demikian, yang tidak dapat dibedakan kebanyakan spektrum.
s-national-all-stereo = Entri ini menyebut kerangka dengan semua stereoisomernya.
s-national-one-stereo = Entri ini hanya mencakup stereoisomer ini, yang tidak dapat dibedakan kebanyakan spektrum dari yang lain.
s-national-cas = Ditemukan hanya melalui nomor CAS: bandingkan strukturnya.
s-national-salt-covered = Menurut namanya zat ini garam dari yang disebut entri, dan entri itu mencakup garam.
s-national-salt-not-covered = Menurut namanya zat ini garam dari yang disebut entri, dan entri itu tidak mencakup garam.
s-national-no-salts = Entri ini tidak mencakup garam: entri tidak berlaku bagi garam zat ini, dan spektrum massa tidak dapat membedakan garam dari basanya.
s-national-controlled = diawasi
s-national-temporary-word = sementara
s-national-monitored = dipantau
s-national-exempt = dikecualikan
s-national-repealed-word = dicabut
s-national-narcotic = narkotika
s-national-psychotropic = psikotropika
s-national-precursor = prekursor
s-national-nps = NPS
s-national-poison = racun
s-national-other = lainnya
s-signed-not = tidak ditandatangani
s-signed-not-checked = tanda tangan tidak diperiksa
s-signed-trusted = {$publisher}, kunci {$key}, tepercaya
s-signed-not-trusted = {$publisher}, kunci {$key}, TIDAK TEPERCAYA: {$reason}

## Pemberitahuan
s-notice = PRESUMTIF: hasil penapisan berdasarkan kemiripan spektrum. {$t_confirm}
s-confirm-vibrational = Lakukan konfirmasi dengan teknik yang prinsip kerjanya berbeda, seperti GC-MS atau LC-MS/MS terhadap standar pembanding.
s-confirm-nir = Inframerah dekat saja merupakan penapisan; lakukan konfirmasi dengan GC-MS, spektroskopi inframerah, atau spektroskopi Raman.
s-confirm-ei = Lakukan konfirmasi dengan spektroskopi inframerah atau Raman dan dengan waktu retensi GC suatu standar pembanding; spektrum EI isomer dapat mirip.
s-confirm-msms = Lakukan konfirmasi dengan waktu retensi suatu standar pembanding dan dengan spektroskopi inframerah atau NMR; spektrum ion produk isomer dapat mirip.
s-confirm-unknown = Lakukan konfirmasi dengan teknik yang pengaturannya diketahui.

## Alasan
s-none-compared = Tidak ada acuan yang dapat dibandingkan dengan spektrum ini.
s-too-poor = Spektrum terlalu buruk untuk suatu putusan; lakukan pengukuran ulang.
s-rule-other-version = Aturan keputusan pustaka berasal dari versi program yang lain; impor kembali pustaka tersebut.
s-set-too-large = {$n_size} zat dalam pustaka tidak dapat dibedakan pada mutu ini.
s-like-but = Kandidat terbaik mirip dengan sampel, tetapi zat yang tidak ada dalam pustaka mencapai nilai yang sama.
s-set-held = Himpunan semacam ini memuat zat yang benar dalam {$n_share} % ({$n_low} sampai {$n_high} %) dari {$n_trials} percobaan.
s-set-size = {$n_size} zat dalam pustaka tidak dapat dibedakan di sini; salah satunya, tidak tentu yang mana, disebut.
s-isomer-rate = Isomer yang tidak ada dalam pustaka akan dinyatakan teridentifikasi dalam {$n_share} % ({$n_low} sampai {$n_high} %) kasus.
s-class = Sampel menyerupai kelas {$class}: {$n_leading} kandidat terbaiknya termasuk kelas itu, tetapi tidak ada yang cukup mirip untuk disebut.
s-class-right = Bila zat yang tidak ada dalam pustaka bersifat demikian, kelasnya benar dalam {$n_share} % ({$n_low} sampai {$n_high} %) kasus.
s-too-unlike = Kandidat terbaik terlalu berbeda dari sampel. Zat dalam pustaka dinyatakan demikian dalam {$n_share} % ({$n_low} sampai {$n_high} %) kasus.
s-principal-only = Kandidat terbaik hanya dikenal melalui ion utamanya, yang laju kesalahannya tidak diukur; impor pustaka spektrum penuh untuk memperoleh putusan.
s-too-few-references = Pustaka memiliki terlalu sedikit acuan teknik ini untuk mengukur seberapa sering zat yang salah akan disebut sehingga putusan tidak diberikan.
s-foreign = {$n_share} % kelimpahan ion berbobot sampel berada pada ion yang tidak ada pada kandidat terbaik.
s-lacking = {$n_share} % kelimpahan ion berbobot kandidat terbaik berada pada ion yang tidak ada pada sampel.
s-surplus = {$n_share} % kelimpahan ion berbobot sampel tidak dijelaskan oleh kandidat terbaik.
s-deficit = {$n_share} % kelimpahan ion berbobot kandidat terbaik tidak ada pada sampel.
s-scatter = Kelimpahan ion bersama tersebar dengan faktor {$n_factor}.
s-no-molecular-ion = Ion molekul kandidat terbaik tidak terlihat pada sampel.
s-above-molecular-ion = {$n_share} % ion sampel berada di atas ion molekul kandidat terbaik.
s-largest-surplus = Satu ion kuat sampel tidak dijelaskan oleh kandidat terbaik.
s-largest-deficit = Satu ion kuat kandidat terbaik tidak ada pada sampel.
s-tilt = Kepekaan kedua instrumen berbeda dengan faktor {$n_factor} per 100 m/z.
s-unexplained = {$n_share} % sinyal sampel tidak dijelaskan oleh kandidat terbaik.
s-missing = {$n_share} % sinyal kandidat terbaik tidak ada pada sampel.
s-low-score = Skor terbaik rendah.
s-several = Spektrum memuat beberapa komponen yang disebut di bawah; putusan ini membandingkan spektrum secara keseluruhan dengan satu zat setiap kali.

## Dasar pengukuran laju
s-basis = acuan pustaka ini, yang diganggu seperti oleh instrumen lain dan dinilai dengan aturan yang dipelajari dari acuan lainnya, {$t_how}
s-basis-present = dengan zatnya ada dalam pustaka
s-basis-present-identified = dengan zatnya ada dalam pustaka, yang dinyatakan teridentifikasi
s-basis-absent = dengan zatnya dikeluarkan
s-basis-absent-no-isomer = dengan zatnya dikeluarkan dan tanpa isomernya sebagai kandidat terbaik
s-basis-absent-isomer = dengan zatnya dikeluarkan dan isomernya sebagai kandidat terbaik
s-basis-own-present = spektrum zat yang ada
s-basis-own-absent = spektrum zat yang tidak ada
s-basis-own-sets = himpunan teridentifikasi dari zat yang ada

## Hal yang membedakan kandidat
s-ion-stronger = m/z {$n_mz} lebih kuat pada {$name}
s-band-stronger = {$n_place} cm-1 lebih kuat pada {$name}
s-band-stronger-nm = {$n_place} nm lebih kuat pada {$name}

## Zat yang ditanyakan
s-target-would = akan mengubah putusan pada {$n_share} % sinyal (menjadi {$t_level})
s-target-named = disebut dalam putusan
s-target-no-reference = tidak ada acuan teknik ini dalam pustaka sehingga ketiadaannya tidak diuji
s-target-no-rule = tidak diuji: pustaka tidak memiliki aturan keputusan untuk teknik ini
s-target-never = tidak satu pun dari sembilan bagian dari 0,5 sampai 95 % akan mengubah putusan
s-target-component = {$t_note}; akan disebut sebagai komponen mulai {$n_share} %
s-target-no-component = {$t_note}; tidak akan disebut sebagai komponen sampai 60 %

## Komponen
s-component-said = Pustaka tidak memiliki acuan teknik ini untuk {$name}, yang dinyatakan ada dalam sampel, atau tidak ada jejaknya.
s-component-said-ions = Pustaka tidak memiliki spektrum massa {$name}, yang dinyatakan ada dalam sampel, atau tidak ada ionnya.
s-component-adds-nothing = {$name}, yang dinyatakan ada dalam sampel, tidak menambah kesesuaian.
s-component-rate-raman = Dalam campuran buatan dari spektrum Raman, 0,0 % (0,0 sampai 0,7 %, n = 582) komponen yang disebut salah, dengan zat yang mirip ikut dihitung, dan 6,5 % (3,9 sampai 10,6 %, n = 215) bila komponen berasal dari instrumen lain; dari 90 campuran dengan komponen yang tidak ada dalam pustaka, pada 12 campuran disebut sesuatu yang salah.
s-component-rate-infrared = Dalam campuran buatan dari spektrum inframerah, 2,7 % (1,7 sampai 4,4 %, n = 582) komponen yang disebut salah, dengan zat yang mirip ikut dihitung, dan 1,6 % (0,6 sampai 4,1 %, n = 246) bila suatu komponen berasal dari instrumen lain; dari 60 campuran dengan komponen yang tidak ada dalam pustaka, pada 16 campuran disebut sesuatu yang salah.
s-component-rate-none = Seberapa sering komponen yang disebut salah tidak diukur untuk teknik ini.
s-component-rate-ei = Dalam campuran buatan dari spektrum EI laboratorium lain, 1,5 % (0,9 sampai 2,5 %, n = 919) komponen yang disebut salah, dengan zat yang mirip ikut dihitung. Bila suatu komponen tidak ada dalam pustaka, isomer atau homolognya dapat disebut sebagai gantinya: bila komponen terbesar dikeluarkan, 46 % dari yang disebut salah.
s-component-no-ions = Spektrum tidak memiliki ion yang dapat dibandingkan.
s-component-more = Tidak lebih dari {$n_named} komponen yang diminta; {$n_certain} lagi akan disebut.
s-component-doubtful-one = {$n_doubtful} acuan lain akan memperbaiki kesesuaian, tetapi tidak cukup pasti untuk disebut.
s-component-doubtful = {$n_doubtful} acuan lain akan memperbaiki kesesuaian, tetapi tidak cukup pasti untuk disebut satu per satu.
s-component-left = {$n_share} % sinyal tidak terjelaskan dan memiliki ion yang tidak berasal dari derau.
s-component-nothing-left = Sisanya tidak memiliki ion yang tidak berasal dari derau.

## Hipotesis
s-hypotheses = Pustaka ini mungkin tidak memiliki zat tersebut. Hipotesis ini menyatakan zat dikenal mana yang menyerupainya dan apa yang mungkin berubah padanya; hipotesis tidak menyebut suatu zat dan tidak membuktikan suatu struktur.
s-no-formula-stated = {$n_count} acuan tidak menyatakan rumus dan tidak diperiksa: massa molekulnya tidak diketahui.
s-too-few-ions = Spektrum memiliki {$n_ions} ion, terlalu sedikit untuk mencari analog.
s-no-precursor-change = Spektrum tidak menyatakan m/z prekursor, atau tidak memiliki fragmen di sampingnya, sehingga perubahan massa tidak dapat dinyatakan.
s-class-ei-only = Petunjuk kelas hanya diberikan untuk spektrum massa ionisasi elektron.
s-class-no-spectra = Pustaka tidak memiliki spektrum massa ionisasi elektron yang utuh, yang dapat menunjukkan kelas.
s-class-few-members = Tidak ada kelas yang memiliki {$n_few} zat dalam pustaka, yang dapat menunjukkannya.
s-class-no-limit = Pustaka memiliki {$n_tried} spektrum zat di luar semua kelas, kurang dari {$n_few} yang diperlukan untuk menetapkan batas; kelas tidak diberikan.
s-class-note = Kelas tersebut ialah kelas zat paling mirip dalam pustaka; zatnya sendiri tidak dinyatakan. Dari {$n_tried} spektrum zat lain dalam pustaka yang tidak termasuk kelas mana pun, {$n_share} % akan diberi suatu kelas.
s-class-not-given = Tidak ada kelas yang cukup didukung untuk diberikan; hal itu tidak menyingkirkan kelas mana pun.
s-class-few = Terlalu sedikit zat dari kelas berikut dalam pustaka untuk menyatakannya: {$classes}.
s-ion-for-base = m/z {$ion} merupakan puncak dasar: {$origin}; {$n_members} % anggota kelas dalam pustaka menunjukkan ion dengan asal ini, {$n_none} % zat di luar semua kelas
s-ion-for = m/z {$ion} pada {$n_share} % puncak dasar: {$origin}; {$n_members} % anggota kelas dalam pustaka menunjukkan ion dengan asal ini, {$n_none} % zat di luar semua kelas
s-ion-none = tidak ada m/z {$ions}: {$origin}; {$n_members} % anggota kelas dalam pustaka menunjukkannya
s-ion-foreign = m/z {$ion} pada {$n_share} % puncak dasar: {$n_members} % anggota kelas dalam pustaka memilikinya; substituen lain, atau kelas lain
s-formula-nothing = {$technique} tidak menunjukkan rumus: spektrum massa dapat menunjukkannya.
s-formula-no-ions = Spektrum tidak memiliki ion yang menunjukkan rumus.
s-formula-no-precursor = m/z prekursor tidak dinyatakan: rumus tidak dinyatakan.
s-formula-not-accurate = m/z prekursor {$mz} bukan massa akurat: rumus tidak dinyatakan, hanya aturan nitrogen.
s-formula-above = Di atas massa {$n_mass} terlalu banyak rumus yang sesuai dengan suatu massa akurat; rumus tidak dinyatakan.
s-formula-above-mz = Di atas m/z {$n_mass} terlalu banyak rumus yang sesuai dengan suatu massa akurat; rumus tidak dinyatakan.
s-formula-above-nominal = Di atas m/z {$n_mass} terlalu banyak rumus yang sesuai dengan suatu massa nominal; rumus tidak dinyatakan.
s-formula-fragments = m/z fragmen tidak akurat: rumus diurutkan hanya menurut prekursor.
s-formula-isotopes = Isotop prekursor ada dalam spektrum. Seberapa banyak yang diloloskan pemilihannya tidak diketahui: kemiripan polanya dinyatakan, tetapi tidak dipakai untuk mengurutkan.
s-formula-right = Dari seratus daftar semacam ini, rumus pertama merupakan rumus yang benar dalam 76, salah satu dari lima yang pertama dalam 90.
s-formula-none-ppm = Tidak ada rumus dari C, H, N, O, S, P, F, Cl, Br, I yang sesuai dalam {$n_ppm} ppm: unsur lain, jenis ion lain, atau zat berlabel isotop.
s-formula-one-ppm = Satu rumus sesuai dalam {$n_ppm} ppm.
s-formula-some-ppm = {$n_count} rumus sesuai dalam {$n_ppm} ppm; {$n_told} yang pertama dinyatakan.
s-formula-more-ppm = lebih dari {$n_count} rumus sesuai dalam {$n_ppm} ppm; {$n_told} yang pertama dinyatakan.
s-formula-taken = Prekursor dinyatakan sebagai m/z {$written}; puncak pada m/z {$mz}, yang lebih tepat, digunakan sebagai gantinya.
s-formula-ion-type = Jenis ion tidak dinyatakan; {$types} dicoba, yang pertama jauh paling lazim.
s-formula-if-molecular = Semua ini berlaku bila m/z {$mz} ({$n_share} % puncak dasar) merupakan ion molekul; ionisasi elektron amina dan zat lain sering tidak menunjukkannya. Bagian yang disebutkan berlaku untuk obat; untuk zat lain 10 sampai 20 dari seratus lebih rendah.
s-formula-no-loss = Ion pada m/z {$ion} akan merupakan kehilangan {$loss} dari m/z {$mz}, yang tidak ditunjukkan molekul mana pun: m/z {$same} mungkin bukan ion molekul, melainkan fragmen lain, ion pencemar, atau bagian campuran. Rumus tidak dinyatakan.
s-formula-weak = Ion di atasnya terlalu lemah untuk menunjukkan lebih banyak: rumus tidak dinyatakan dari massa nominal saja.
s-formula-none = Tidak ada rumus dari C, H, N, O, S, P, F, Cl, Br, I yang sesuai dengan massa dan pola: unsur lain, zat berlabel isotop, atau campuran.
s-formula-some = {$n_count} rumus sesuai dengan massa dan pola; {$n_told} yang pertama dinyatakan, menurut seberapa baik polanya sesuai dan seberapa lazim rumus semacam itu di antara obat. Massa nominal tidak membedakannya: bila gugus ion itu ion molekul, rumus pertama benar dalam 20 dari seratus, salah satu dari sepuluh dalam 72.
s-formula-more = lebih dari {$n_count} rumus sesuai dengan massa dan pola; {$n_told} yang pertama dinyatakan, menurut seberapa baik polanya sesuai dan seberapa lazim rumus semacam itu di antara obat. Massa nominal tidak membedakannya: bila gugus ion itu ion molekul, rumus pertama benar dalam 20 dari seratus, salah satu dari sepuluh dalam 72.

## Mutu
s-few-points = Hanya {$n_points} titik: pita tidak dapat dibedakan. Ekspor spektrum dengan semua titiknya.
s-narrow = Spektrum hanya mencakup {$n_width} {$unit} ({$n_first} sampai {$n_last}): sedikit pita yang dapat dibandingkan. Ukur atau ekspor seluruh rentang, paling sedikit {$n_wanted} {$again}.
s-flat = Kurva datar: tidak ada sinyal. Periksa penutup berkas, laser atau sumber, dan apakah sampel berada dalam berkas sinar.
s-fluorescence = Latar {$n_ratio} kali setinggi pita terkuat: fluoresensi. Gunakan laser dengan panjang gelombang lebih besar, biarkan sampel memudar dalam berkas sinar, atau ukur dengan inframerah.
s-cosmic = {$n_spikes} titik tampak seperti sinar kosmik dan dikeluarkan. Ukur dua kali, atau dengan penghilangan sinar kosmik pada instrumen, agar pasti.
s-noise-only = Nisbah sinyal terhadap derau {$n_ratio}: sebagian besar derau. {$t_remedy}.
s-noisy = Nisbah sinyal terhadap derau {$n_ratio} rendah. {$t_remedy}.
s-remedy-raman = Ukur lebih lama, kumpulkan lebih banyak pemindaian, atau gunakan daya laser lebih besar bila sampel menahannya
s-remedy-infrared = Kumpulkan lebih banyak pemindaian, gunakan lebih banyak sampel, atau tekan sampel lebih baik pada kristal
s-saturated = {$n_run} titik bertetangga memiliki nilai tertinggi yang sama: detektor mungkin jenuh dan pita terpotong. {$t_remedy}.
s-dark = {$n_dark} titik tidak meloloskan cahaya: pita terpotong. {$t_remedy}.
s-remedy-power = Turunkan daya laser atau waktu pajanan
s-remedy-thinner = Gunakan sampel yang lebih sedikit atau lebih tipis
s-upside-down = Pita mengarah ke bawah walaupun berkas tidak menyatakan transmitans: ordinat mungkin transmitans. Ekspor sebagai absorbans, atau perbaiki satuan dalam berkas.
s-few-peaks = Hanya {$n_peaks} puncak: banyak zat memilikinya. Ekspor seluruh daftar puncak, tanpa ambang.
s-some-peaks = Hanya {$n_peaks} puncak. Ekspor seluruh daftar puncak, tanpa ambang.
s-saturated-peaks = {$n_peaks} puncak memiliki nilai tertinggi yang sama: detektor mungkin jenuh. Injeksikan lebih sedikit, atau encerkan.

## Peringatan pencarian dan penyiapan
s-axis-limit = Pergeseran sumbu kandidat terbaik berada pada batas {$n_limit} {$unit}: periksa kalibrasi sumbu, atau perlebar batas dengan --max-shift.
s-short-overlap = {$n_count} acuan tidak dibandingkan: rentang bersamanya dengan spektrum ini kurang dari {$n_needed} {$unit}.
s-axis-error = galat sumbu terhadap kandidat terbaik: {$places}: instrumen perlu dikalibrasi (atau instrumen acuan dahulu memerlukannya).
s-precursor-only = Hanya ion prekursor yang tersisa dalam spektrum ini: peringkat didasarkan pada massanya dan tidak mengidentifikasi apa pun. Ukur pada energi tumbukan yang lebih tinggi.
s-no-precursor = Berkas tidak menyatakan m/z prekursor; semua acuan dibandingkan.
s-no-such-precursor = Tidak ada acuan dengan m/z prekursor {$mz} dalam jarak {$within}; --any-precursor membandingkan semuanya.
s-unit-assumed = Berkas tidak menyatakan satuan sumbu; {$t_unit} diandaikan.
s-nm-to-shift = Sumbu dalam nm diubah menjadi pergeseran Raman dengan laser pada {$n_laser} nm.
s-to-absorbance = Ordinat ({$t_unit}) diubah menjadi absorbans.
s-opaque = {$n_points} titik hampir tidak meloloskan cahaya; tinggi pitanya merupakan batas bawah.
s-spikes = {$n_points} titik tampak seperti lonjakan sinar kosmik dan dijembatani.
s-sorted = Sumbu tidak berurutan; titik-titiknya diurutkan.
s-averaged = Beberapa nilai sumbu muncul lebih dari sekali; ordinatnya direratakan.
s-not-searchable-points = Spektrum memiliki {$n_found} titik yang dapat digunakan; diperlukan paling sedikit {$n_needed}.
s-not-searchable-flat = Semua nilai spektrum {$n_value}: tidak ada sinyal untuk dibandingkan.
s-not-searchable-range = Sumbu membentang dari {$n_first} sampai {$n_last} {$unit}, di luar rentang {$n_from} sampai {$n_to} {$grid} yang dibandingkan untuk teknik ini; periksa satuan dan teknik ekspor.
s-not-known-technique = Teknik spektrum ini tidak diketahui; nyatakan dengan --technique.
s-no-references = Pustaka {$library} tidak memiliki acuan {$t_technique}.

## Peringatan pembacaan
s-technique-taken = Dianggap {$t_technique} berdasarkan {$t_from}; berkas tidak menyatakannya.
s-from-units-range = satuan dan rentangnya
s-from-units = satuannya
s-from-axis = sumbu m/z-nya
s-from-format = format berkas, yang dimaksudkan untuk itu
s-from-range = rentang bilangan gelombangnya
s-from-precursor = ion prekursornya
s-from-ionisation = ionisasinya ({$word})
s-cas-digit = Digit periksa nomor CAS {$cas} tidak sesuai.
s-no-inchikey = {$key} bukan InChIKey.
s-unit-looks = Berkas menyatakan {$t_stated}, nilainya tampak seperti {$t_seen}; dianggap demikian.
s-unit-beyond = Berkas menyatakan {$t_stated}, tetapi nilainya mencapai {$n_high}: nilai itu bukan satuan tersebut.
s-unit-percent = Berkas menyatakan absorbans, tetapi nilainya tampak seperti transmitans dalam persen.
s-axis-order = Sumbu tidak berurutan.
s-axis-repeats = Beberapa nilai sumbu muncul lebih dari sekali.
s-no-ordinate = {$n_gaps} titik tidak memiliki ordinat.
s-not-measured = Semua nilai {$n_value}: ini bukan spektrum hasil pengukuran.
s-announced-points = Berkas menyatakan {$n_announced} titik; {$n_read} terbaca.
s-announced-peaks = Data menyatakan {$n_announced} puncak; {$n_read} terbaca.
s-no-ionisation = Data tidak menyatakan cara ionisasi; dianggap spektrum massa EI.
s-ei-and-precursor = Data menyebut EI dan ion prekursor (m/z {$mz}), tetapi bukan MS/MS; dianggap spektrum massa EI.
s-peaks-sorted = Puncak dalam berkas tidak berurutan menurut m/z; puncak telah diurutkan.
s-no-peaks = Data tidak memiliki puncak.
s-no-axis-unit = Berkas tidak menyatakan satuan sumbu.
s-raman-assumed = Berkas tidak menyatakan satuan sumbu; dianggap pergeseran Raman karena spektrumnya Raman.
s-technique-not-stated = Berkas tidak menyatakan cara pengukuran spektrum; --technique menyatakannya.
s-columns-left = Kolom yang tidak dianggap spektrum: {$columns}.
s-raman-wavenumber = Berkas menyatakan Raman dan bilangan gelombang; sumbu dianggap pergeseran Raman.
s-per-cent-only = Berkas hanya menyatakan "per cent"; dianggap transmitans.
s-mode-from-names = Mode inframerah diambil dari nama percobaan dan aksesori.
s-atr-block = Blok ATR, ordinatnya dianggap absorbans.
s-no-end = Blok tidak memiliki ##END=; mungkin terpotong.
s-near-infrared-taken = Berkas menyatakan inframerah, tetapi rentangnya, mulai {$n_lowest} cm-1, ialah inframerah dekat; dianggap inframerah dekat.
s-andi-ei = Berkas tidak menyatakan cara ionisasi; dianggap EI.
s-first-last = FIRSTX atau LASTX tidak ada; sumbu ditempatkan menurut DELTAX atau baris data.
s-y-checks = {$n_failed} pemeriksaan Y gagal, yang pertama pada baris {$line}: ordinat mungkin salah.
s-bytes-replaced = Beberapa bita bukan teks {$encoding} yang sah dan diganti.

## Perubahan suatu zat yang dikenal
s-change-reverse = kebalikan dari: {$t_change}
s-change-two = {$t_a}, dan {$t_b}
s-change-1 = metilasi, atau satu CH2 lebih banyak dalam rantai atau cincin (homolog); suatu asam dan ester metilnya; ester metanol dan ester etanol
s-change-2 = etilasi, N-etil atau N,N-dimetil sebagai ganti NH, atau dua CH2 lebih banyak (propil menjadi pentil)
s-change-3 = propil atau isopropil sebagai ganti hidrogen, atau tiga CH2 lebih banyak
s-change-4 = butil atau tert-butil sebagai ganti hidrogen, atau empat CH2 lebih banyak
s-change-5 = satu metil diganti hidrogen, atau satu CH2 lebih sedikit (homolog lebih rendah)
s-change-6 = satu etil diganti hidrogen, atau dua CH2 lebih sedikit
s-change-7 = satu hidrogen diganti fluorin
s-change-8 = dua hidrogen diganti fluorin
s-change-9 = satu hidrogen diganti klorin
s-change-10 = dua hidrogen diganti klorin
s-change-11 = satu hidrogen diganti bromin
s-change-12 = satu hidrogen diganti iodin
s-change-13 = fluorin diganti klorin
s-change-14 = fluorin diganti bromin
s-change-15 = klorin diganti bromin
s-change-16 = bromin diganti iodin
s-change-17 = satu metil diganti fluorin
s-change-18 = satu metil diganti klorin
s-change-19 = satu metil diganti bromin
s-change-20 = satu gugus metoksi diganti fluorin
s-change-21 = satu hidrogen diganti trifluorometil
s-change-22 = satu metil diganti trifluorometil (tiga hidrogen diganti fluorin)
s-change-23 = oksidasi: hidroksil sebagai ganti hidrogen, suatu eter, N-oksida, atau epoksida
s-change-24 = dua oksigen lebih banyak: dua hidroksil, atau tioeter menjadi sulfon
s-change-25 = satu CH2 teroksidasi menjadi karbonil keton atau amida, atau satu metil menjadi aldehida
s-change-26 = dua hidrogen lebih banyak: keton menjadi alkohol, C=C menjadi CH-CH, imina menjadi amina, atau cincin terbuka
s-change-27 = dua hidrogen lebih sedikit: alkohol menjadi keton, satu ikatan rangkap, atau cincin tertutup
s-change-28 = empat hidrogen lebih sedikit: dua ikatan rangkap atau cincin lebih banyak
s-change-29 = enam hidrogen lebih sedikit: sikloheksil menjadi fenil
s-change-30 = satu hidrogen diganti metoksi
s-change-31 = dua hidrogen diganti metoksi
s-change-32 = satu hidrogen diganti etoksi, atau hidroksietil
s-change-33 = satu hidrogen diganti vinil, atau cincin tertutup melalui dua karbon tambahan
s-change-34 = satu hidrogen diganti alil atau siklopropil
s-change-35 = satu hidrogen diganti siklopropilmetil atau siklobutil
s-change-36 = satu hidrogen diganti azida
s-change-37 = dua hidrogen cincin aromatik diganti O-CH2-O, atau satu hidrogen diganti COOH
s-change-38 = satu hidrogen diganti metiltio
s-change-39 = satu oksigen diganti belerang: eter menjadi tioeter, furan menjadi tiofena
s-change-40 = -CH=CH- cincin aromatik diganti belerang
s-change-41 = -CH=CH- cincin aromatik diganti oksigen
s-change-42 = cincin benzena menyatu dengan cincin aromatik
s-change-43 = satu hidrogen diganti fenil
s-change-44 = satu hidrogen diganti benzil
s-change-45 = satu CH cincin diganti nitrogen: benzena menjadi piridina, indol menjadi indazol; atau satu CH2 diganti NH
s-change-46 = satu CH2 diganti oksigen: piperidina menjadi morfolina
s-change-47 = satu hidrogen diganti NH2
s-change-48 = satu hidroksil diganti NH2, suatu asam dan amida primernya, atau suatu ester dan amidanya
s-change-49 = satu hidrogen diganti nitro
s-change-50 = satu gugus nitro diganti NH2
s-change-51 = satu hidrogen diganti siano
s-change-52 = air lebih banyak: nitril menjadi amida primer, suatu hidrat, atau cincin terbuka oleh air
s-change-53 = alkohol menjadi alkena, atau amida menjadi nitril
s-change-54 = amina menjadi alkena
s-change-55 = C-NH2 beserta hidrogennya diganti C=O (amina dan ketonnya)
s-change-56 = C-NHCH3 beserta hidrogennya diganti C=O (N-metilamina dan ketonnya)
s-change-57 = satu hidrogen diganti CHO
s-change-58 = satu hidrogen pada OH atau NH diganti asetil
s-change-59 = satu hidrogen pada OH atau NH diganti propionil
s-change-60 = satu hidrogen pada OH atau NH diganti butiril atau isobutiril
s-change-61 = satu hidrogen pada OH atau NH diganti benzoil
s-change-62 = satu hidrogen diganti COOCH3
s-change-63 = satu hidrogen diganti COOC2H5
s-change-64 = perlindungan Boc pada NH atau OH
s-change-65 = satu metil teroksidasi menjadi asam karboksilat
s-change-66 = satu hidrogen pada OH atau NH diganti p-toluenasulfonil
s-change-67 = satu hidrogen pada OH atau NH diganti metanasulfonil, atau pada karbon diganti metilsulfonil
s-change-68 = satu karbon lebih banyak tanpa hidrogen: N-CH2-N, O-CH2-O sebagai ganti dua NH atau OH, atau tambahan formaldehida dikurangi air
s-change-69 = hidrogen klorida lebih banyak: C=C atau cincin terbuka oleh HCl
s-change-70 = TMS pada OH, NH, atau COOH (diderivatisasi di laboratorium)
s-change-71 = dua gugus TMS (diderivatisasi di laboratorium)
s-change-72 = TBDMS pada OH, NH, atau COOH (diderivatisasi di laboratorium)
s-change-73 = TFA pada OH atau NH (diderivatisasi di laboratorium)
s-change-74 = PFP pada OH atau NH (diderivatisasi di laboratorium)
s-change-75 = HFB pada OH atau NH (diderivatisasi di laboratorium)
s-change-76 = berlabel: CD3 sebagai ganti CH3 (standar internal)
s-change-77 = berlabel dengan empat deuterium (standar internal)
s-change-78 = berlabel: C6D5 atau C2D5 (standar internal)
s-change-79 = berlabel dengan enam deuterium (standar internal)
s-change-80 = berlabel: CD(CD3)2 sebagai ganti isopropil (standar internal)
s-change-81 = berlabel: C(CD3)3 sebagai ganti tert-butil, atau tiga CD3 (standar internal)
