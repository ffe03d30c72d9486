"""Addresses of the home page, the structure, the periods, the roles and the log."""

from django.urls import path

from manfaat.apps.organisations.views import agencies, audit, home, periods, roles

urlpatterns = [
    path("beranda/", home.home, name="home"),
    path("pemda/", home.governments, name="governments"),
    path("pemda/<str:code>/perangkat-daerah/", agencies.agencies, name="agencies"),
    path("pemda/<str:code>/perangkat-daerah/baru/", agencies.open_agency, name="open_agency"),
    path("pemda/<str:code>/perangkat-daerah/gabung/", agencies.merge_agencies, name="merge_agencies"),
    path("pemda/<str:code>/perangkat-daerah/<uuid:public_id>/", agencies.agency_history, name="agency_history"),
    path(
        "pemda/<str:code>/perangkat-daerah/<uuid:public_id>/ganti-nama/", agencies.rename_agency, name="rename_agency"
    ),
    path("pemda/<str:code>/perangkat-daerah/<uuid:public_id>/pecah/", agencies.split_agency, name="split_agency"),
    path("pemda/<str:code>/perangkat-daerah/<uuid:public_id>/pindah/", agencies.move_agency, name="move_agency"),
    path("pemda/<str:code>/perangkat-daerah/<uuid:public_id>/tutup/", agencies.close_agency, name="close_agency"),
    path("pemda/<str:code>/periode/", periods.periods, name="periods"),
    path("pemda/<str:code>/periode/buka/", periods.open_periods, name="open_periods"),
    path("pemda/<str:code>/periode/<int:pk>/tutup/", periods.close_period, name="close_period"),
    path("pemda/<str:code>/periode/<int:pk>/buka-kembali/", periods.reopen_period, name="reopen_period"),
    path("pemda/<str:code>/peran/", roles.roles, name="roles"),
    path("pemda/<str:code>/peran/beri/", roles.assign_role, name="assign_role"),
    path("pemda/<str:code>/peran/akun-baru/", roles.create_person, name="create_person"),
    path("pemda/<str:code>/peran/<uuid:public_id>/akhiri/", roles.end_role, name="end_role"),
    path("pemda/<str:code>/peran/<uuid:public_id>/sandi-baru/", roles.renew_password, name="renew_password"),
    path("pemda/<str:code>/audit/", audit.audit, name="audit"),
    path("pemda/<str:code>/audit/<int:sequence>/", audit.audit_event, name="audit_event"),
    path("pemda/<str:code>/audit/ekspor.jsonl", audit.audit_export, name="audit_export"),
]
