namespace Esb.Tables.Catalog;

/// <summary>The billing mode of a table. It is stored and returned, and has no other effect.</summary>
public enum BillingMode
{
    /// <summary>PROVISIONED.</summary>
    Provisioned,

    /// <summary>PAY_PER_REQUEST.</summary>
    PayPerRequest,
}
