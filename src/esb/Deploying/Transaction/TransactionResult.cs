namespace Esb.Cli.Deploying.Transaction;

/// <summary>The result of a transaction.</summary>
/// <param name="Plan">The plan that was written.</param>
/// <param name="Provisioned">The output of the provisioner; null when it did not run.</param>
/// <param name="Revision">The number of the new revision; null when nothing was written.</param>
internal sealed record TransactionResult(DeployPlan Plan, ProvisionerOutput? Provisioned, int? Revision);
