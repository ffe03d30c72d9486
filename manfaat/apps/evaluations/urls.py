from django.urls import path

from manfaat.apps.evaluations.views import bench, library, sheets, weights

SHEET = "pemda/<str:code>/instrumen/lembar/<uuid:public_id>/"
COLUMN = f"{SHEET}<str:assessor>/"
urlpatterns = [
    path("instrumen/", library.instruments, name="instruments"),
    path("instrumen/<str:name>/", library.instrument, name="instrument"),
    path("pemda/<str:code>/instrumen/", sheets.sheets, name="sheets"),
    path("pemda/<str:code>/instrumen/baru/<str:name>/", sheets.sheet_new, name="sheet_new"),
    path("pemda/<str:code>/instrumen/bobot/<str:name>/", weights.weights, name="weights"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(COLUMN, sheets.sheet_result, name="sheet_result"),
    path(f"{COLUMN}isi/", sheets.sheet_fill, name="sheet_fill"),
    path(f"{COLUMN}hitung/", sheets.sheet_compute, name="sheet_compute"),
    path(f"{COLUMN}coba/", bench.sheet_try, name="sheet_try"),
    path(f"{COLUMN}mengapa/<path:row>/", sheets.sheet_why, name="sheet_why"),
]
