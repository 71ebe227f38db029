hold-lifted = 该保全已经解除。
