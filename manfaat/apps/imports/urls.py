from django.urls import path, register_converter

from manfaat.apps.imports import views


class FileForm:
    """`xlsx` or `csv`."""

    regex = "xlsx|csv"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileForm, "form")

ONE = "pemda/<str:code>/impor/<uuid:public_id>/"
urlpatterns = [
    path("pemda/<str:code>/impor/", views.imports, name="imports"),
    path("pemda/<str:code>/impor/baru/", views.import_new, name="import_new"),
    path("pemda/<str:code>/impor/templat/<str:kind>.<form:form>", views.import_template, name="import_template"),
    path("pemda/<str:code>/impor/ekspor/<str:kind>.<form:form>", views.import_export, name="import_export"),
    path(ONE, views.import_preview, name="import_preview"),
    path(f"{ONE}kolom/", views.import_mapping, name="import_mapping"),
    path(f"{ONE}terapkan/", views.import_apply, name="import_apply"),
    path(f"{ONE}hasil/", views.import_result, name="import_result"),
    path(f"{ONE}batalkan/", views.import_undo, name="import_undo"),
]
