namespace Esb.Gateway.Bodies;

/// <summary>
/// The limits for the memory that all clients together may make the gateway hold: an eighth of its available memory for
/// request bodies, and another eighth for answers, each within fixed bounds.
/// </summary>
/// <param name="Bodies">The request bodies, as they arrive.</param>
/// <param name="Answers">The answers that clients have not taken yet.</param>
internal sealed record ClientMemoryLimits(BodyBudget Bodies, AnswersInFlight Answers)
{
    private const long Max = 256L * 1024 * 1024;
    private const long Min = 32L * 1024 * 1024;

    /// <summary>The number of bytes held for clients.</summary>
    public long Held => Bodies.Held + Answers.Held;

    public static ClientMemoryLimits OfThisMachine(TimeProvider time)
    {
        var each = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, Min, Max);
        return new ClientMemoryLimits(new BodyBudget(each, time), new AnswersInFlight(each, time));
    }

    /// <summary>Ends bodies and answers that make no progress. Called often; checks once a second.</summary>
    public void Check()
    {
        Bodies.Check();
        Answers.Check();
    }
}
