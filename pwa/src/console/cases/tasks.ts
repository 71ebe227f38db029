/** How a task's state and deadline are shown. */
import type { Schema } from '../../shared/api/client'

type Task = Pick<Schema<'Subtask'>, 'state' | 'due_at'>

export function isLate(task: Task): boolean {
  return task.state === 'open' && task.due_at !== null && new Date(task.due_at) < new Date()
}

export function taskTone(task: Task): 'good' | 'bad' | 'plain' {
  if (task.state === 'done') return 'good'
  return isLate(task) ? 'bad' : 'plain'
}
