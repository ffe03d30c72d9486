from django.urls import path

from manfaat.apps.evaluations.views import bench, library, sheets, weights, workbook

SHEET = "pemda/<str:code>/instrumen/lembar/<uuid:public_id>/"
COLUMN = f"{SHEET}<str:assessor>/"
STAGED = "pemda/<str:code>/instrumen/berkas/<uuid:public_id>/"
urlpatterns = [
    path("instrumen/", library.instruments, name="instruments"),
    path("instrumen/<str:name>/", library.instrument, name="instrument"),
    path("pemda/<str:code>/instrumen/", sheets.sheets, name="sheets"),
    path("pemda/<str:code>/instrumen/baru/<str:name>/", sheets.sheet_new, name="sheet_new"),
    path("pemda/<str:code>/instrumen/bobot/<str:name>/", weights.weights, name="weights"),
    path("pemda/<str:code>/instrumen/bobot/<str:name>/impor/", workbook.weights_import, name="weights_import"),
    path(STAGED, workbook.staged, name="staged"),
    path(f"{STAGED}kolom/", workbook.staged_columns, name="staged_columns"),
    path(f"{STAGED}terapkan/", workbook.staged_apply, name="staged_apply"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(COLUMN, sheets.sheet_result, name="sheet_result"),
    path(f"{COLUMN}isi/", sheets.sheet_fill, name="sheet_fill"),
    path(f"{COLUMN}hitung/", sheets.sheet_compute, name="sheet_compute"),
    path(f"{COLUMN}lke.xlsx", workbook.sheet_export, name="sheet_export"),
    path(f"{COLUMN}impor/", workbook.sheet_import, name="sheet_import"),
    path(f"{COLUMN}coba/", bench.sheet_try, name="sheet_try"),
    path(f"{COLUMN}banding/", bench.sheet_beside, name="sheet_beside"),
    path(f"{COLUMN}mengapa/<path:row>/", sheets.sheet_why, name="sheet_why"),
]
