"""What gunicorn serves where it is started by itself: `anfang.wsgi:app`."""

from anfang.app import create_app
from anfang.kit.memory import lasting
from anfang.web_server import behind_gunicorn

app = behind_gunicorn(create_app())

lasting()
