using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Bodies;

/// <summary>
/// The large answers that clients have not taken yet. Each may have six megabytes, and there may be thousands of clients that ask for one and
/// never read it: all together have a common bound, and each client must go on taking. Small answers do not pass through here.
/// </summary>
/// <param name="bytes">What all of them together may hold.</param>
/// <param name="time">For how long clients have to take something.</param>
internal sealed class AnswersInFlight(long bytes, TimeProvider time)
{
    /// <summary>Bytes of an answer that is sent as it is: Kestrel itself holds back no more than that.</summary>
    public const int Small = 64 * 1024;

    // Who takes less than this in a window does not read: 240 bytes a second, as for bodies of requests.
    private const int LeastTaken = 2_400;

    // Under pressure, whoever takes less than this in so many looks in a row makes room for another one.
    private const int SlowBytes = 16 * 1024;
    private const int SlowLooks = 2;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // Where one connection carries many answers, each may have to wait for the others.
    private static readonly TimeSpan SharedWindow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // Guards the fields below and what answers hold.
    private readonly Lock _gate = new();
    private readonly HashSet<AnswerInFlight> _all = [];
    private long _held;
    private long _most;
    private long _letGo;
    private long _lookedAt;

    /// <summary>Bytes held at this moment.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>How many clients were let go because they did not read.</summary>
    public long LetGo => Volatile.Read(ref _letGo);

    /// <summary>Those of the port that a request came by; null where none are kept.</summary>
    public static AnswersInFlight? Of(HttpContext context) => context.Features.Get<AnswersInFlight>();

    /// <summary>An answer that is about to be sent; null when there is no room for it.</summary>
    public AnswerInFlight? TryAdd(HttpContext context, long size)
    {
        var answer = Add(context);
        if (TryHold(answer, size))
            return answer;
        answer.Dispose();
        return null;
    }

    /// <summary>An answer that holds nothing yet.</summary>
    public AnswerInFlight Add(HttpContext context)
    {
        var answer = new AnswerInFlight(this, context, time);
        lock (_gate)
            _all.Add(answer);
        return answer;
    }

    /// <summary>Makes an answer hold so much; false when there is no room. When all is taken, clients that read slowly make room.</summary>
    public bool TryHold(AnswerInFlight answer, long size)
    {
        List<AnswerInFlight> slow = [];
        bool hasRoom;
        lock (_gate)
        {
            while (_held + size - answer.Held > bytes && Slowest(answer) is { } slowest)
            {
                slow.Add(slowest);
                Release(slowest);
            }

            hasRoom = _held + size - answer.Held <= bytes;
            if (hasRoom)
                Hold(answer, size);
        }

        slow.ForEach(a => a.LetGo());
        return hasRoom;
    }

    /// <summary>The answer is over, whichever way.</summary>
    public void Remove(AnswerInFlight answer)
    {
        lock (_gate)
        {
            Hold(answer, 0);
            _all.Remove(answer);
        }
    }

    /// <summary>The most that was held since this was asked last.</summary>
    public long TakeMost()
    {
        lock (_gate)
        {
            var most = _most;
            _most = _held;
            return most;
        }
    }

    /// <summary>Lets go of clients that do not take their answers. Called often; looks once a second.</summary>
    public void Look()
    {
        if (time.GetElapsedTime(_lookedAt) < LookInterval)
            return;
        _lookedAt = time.GetTimestamp();
        List<AnswerInFlight> late = [];
        lock (_gate)
        {
            late.AddRange(_all.Where(IsLate));
            late.ForEach(Release);
        }

        late.ForEach(a => a.LetGo());
    }

    private static bool IsLate(AnswerInFlight answer)
    {
        if (answer.Look(SlowBytes) is not var (taken, since) || since < (answer.IsShared ? SharedWindow : Window))
            return false;
        answer.BeginWindow();
        return taken < (answer.IsShared ? 1 : LeastTaken);
    }

    private AnswerInFlight? Slowest(AnswerInFlight but) => _all.Where(a => a != but && a.Held > 0 && a.SlowLooks >= SlowLooks).MaxBy(a => a.SlowLooks);

    // Its room is another's from now on, also while its connection is still being closed.
    private void Release(AnswerInFlight answer)
    {
        Hold(answer, 0);
        _all.Remove(answer);
        _letGo++;
    }

    private void Hold(AnswerInFlight answer, long size)
    {
        _held += size - answer.Held;
        answer.Held = size;
        _most = Math.Max(_most, _held);
    }
}
