"""What gunicorn serves: `anfang.wsgi:app`."""

from anfang.app import create_app

app = create_app()
