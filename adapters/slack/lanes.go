package slack

import (
	"context"
	"sync"
	"time"
)

// lanes runs tasks: those of one lane one after another in the order in which
// they came, those of different lanes side by side, at most so many at a time.
// It holds at most so many tasks in all and in one lane.
type lanes struct {
	ctx         context.Context
	room, depth int
	work        chan struct{} // a place in it is needed to work

	mu     sync.Mutex
	held   int
	queues map[string][]func(context.Context)
	done   sync.WaitGroup
}

// placeKey is the context key of the place that a task holds in work.
type placeKey struct{}

// newLanes returns lanes whose tasks get ctx.
func newLanes(ctx context.Context, room, depth, workers int) *lanes {
	l := &lanes{room: room, depth: depth, work: make(chan struct{}, workers), queues: map[string][]func(context.Context){}}
	l.ctx = context.WithValue(ctx, placeKey{}, l.work)
	return l
}

// add takes a task, or reports false where there is no room.
func (l *lanes) add(lane string, task func(context.Context)) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue, running := l.queues[lane]
	if l.held >= l.room || len(queue) >= l.depth {
		return false
	}
	l.held++
	l.queues[lane] = append(queue, task)
	if !running {
		l.done.Add(1)
		go l.run(lane)
	}
	return true
}

// run works a lane off and ends when it is empty.
func (l *lanes) run(lane string) {
	defer l.done.Done()
	for {
		l.mu.Lock()
		queue := l.queues[lane]
		if len(queue) == 0 {
			delete(l.queues, lane)
			l.mu.Unlock()
			return
		}
		task := queue[0]
		queue[0] = nil
		l.queues[lane] = queue[1:]
		l.mu.Unlock()

		l.work <- struct{}{}
		task(l.ctx)
		<-l.work

		l.mu.Lock()
		l.held--
		l.mu.Unlock()
	}
}

// wait returns when all tasks are done.
func (l *lanes) wait() { l.done.Wait() }

// sleep waits for d, or reports false when ctx ends before. A task that sleeps
// leaves its place to others meanwhile.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	if work, ok := ctx.Value(placeKey{}).(chan struct{}); ok {
		<-work
		defer func() { work <- struct{}{} }()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
