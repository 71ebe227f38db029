document.title = 'Anfang'
