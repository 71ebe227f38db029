/** Small, so that the phone reads what it remembers while the rest of the app is still on its way. */
import { readRemembered } from './remembered'
import './styles/base.css'

const remembered = readRemembered()
void import('./mount').then(({ mountApp }) => mountApp(remembered))
