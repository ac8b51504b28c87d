namespace Esb.Gateway.Bodies;

/// <summary>What all clients together may make the gateway hold: an eighth of the memory that it may use for bodies of requests, another for answers.</summary>
/// <param name="Bodies">Of requests, as they come.</param>
/// <param name="Answers">That have not been taken yet.</param>
internal sealed record CommonBounds(BodyBudget Bodies, AnswersInFlight Answers)
{
    private const long Most = 256L * 1024 * 1024;
    private const long Least = 32L * 1024 * 1024;

    /// <summary>Bytes that clients hold at this moment.</summary>
    public long Held => Bodies.Held + Answers.Held;

    public static CommonBounds OfThisMachine(TimeProvider time)
    {
        var each = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, Least, Most);
        return new CommonBounds(new BodyBudget(each, time), new AnswersInFlight(each, time));
    }

    /// <summary>Ends what does not go on, in either direction. Called often; looks once a second.</summary>
    public void Look()
    {
        Bodies.Look();
        Answers.Look();
    }
}
